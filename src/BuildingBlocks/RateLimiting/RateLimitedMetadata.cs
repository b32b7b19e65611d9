namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>An endpoint that has a limit and answers 429.</summary>
/// <param name="Limit">The limit; null for one that the handler counts by itself.</param>
public sealed record RateLimitedMetadata(RateLimit? Limit);
