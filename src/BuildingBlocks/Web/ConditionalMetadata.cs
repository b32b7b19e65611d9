namespace Kumiko.BuildingBlocks.Web;

/// <summary>Marks an endpoint that honours <c>If-Match</c>.</summary>
public sealed record ConditionalMetadata;
