namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Marks an endpoint that has a limit and answers 429.</summary>
/// <param name="Limit">The limit; null if the handler counts by itself.</param>
public sealed record RateLimitedMetadata(RateLimit? Limit);
