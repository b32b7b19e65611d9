namespace Kumiko.BuildingBlocks.Web;

/// <summary>Marks an endpoint that reads an access token if one is sent, and works without one.</summary>
public sealed record OptionalUserMetadata;
