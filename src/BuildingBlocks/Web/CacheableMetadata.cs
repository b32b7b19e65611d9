namespace Kumiko.BuildingBlocks.Web;

/// <summary>Marks an endpoint that honours <c>If-None-Match</c>.</summary>
public sealed record CacheableMetadata;
