namespace Kumiko.BuildingBlocks.Web;

/// <summary>The endpoint reads an access token if one is sent, and works without.</summary>
public sealed record OptionalUserMetadata;
