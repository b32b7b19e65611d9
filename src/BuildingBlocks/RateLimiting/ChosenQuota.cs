namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>A limit with the quota that the settings give it.</summary>
internal sealed record ChosenQuota(RateLimit Limit, int Quota);
