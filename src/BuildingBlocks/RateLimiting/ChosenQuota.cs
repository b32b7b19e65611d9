namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>A limit with its quota from the settings.</summary>
internal sealed record ChosenQuota(RateLimit Limit, int Quota);
