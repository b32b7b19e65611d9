namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Marks an endpoint that has a limit and answers 429.</summary>
/// <param name="Limit">The limit.</param>
public sealed record RateLimitedMetadata(RateLimit Limit);
