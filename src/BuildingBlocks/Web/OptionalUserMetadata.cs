namespace Kumiko.BuildingBlocks.Web;

/// <summary>The endpoint looks at an access token where one is sent, and does without.</summary>
public sealed record OptionalUserMetadata;
