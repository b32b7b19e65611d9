using System.Threading.RateLimiting;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Counts, in this process, what callers do, and refuses what is too much.</summary>
public sealed class RateLimits : IDisposable
{
    // Callers share this many buckets, so that a flood of addresses cannot fill the memory.
    private const int Buckets = 1 << 16;

    // When a place becomes free is for its holder to know.
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(10);

    private readonly Dictionary<RateLimit, Counted> _limits;
    private readonly bool _enabled;

    internal RateLimits(RateLimitSettings settings, IEnumerable<ChosenQuota> quotas)
    {
        _enabled = settings.Enabled;
        _limits = quotas.ToDictionary(chosen => chosen.Limit, chosen => new Counted(chosen.Quota, Limiter(chosen)));
    }

    /// <summary>Counts one. The place, if it is one of those that may run at once, is free again when the lease is disposed.</summary>
    /// <param name="limit">Which limit.</param>
    /// <param name="key">Whose quota.</param>
    /// <returns>The lease and what is left, or a 429. Null while limits are switched off.</returns>
    public ErrorOr<RateLimitPlace?> Take(RateLimit limit, string key)
    {
        if (!_enabled)
            return default(RateLimitPlace);

        var (quota, limiter) = _limits[limit];
        var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired)
            return new RateLimitPlace(
                lease,
                new RateLimitState(limit.Name, quota, limit.Window, limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0, null)
            );

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : RetryWhenFull;
        lease.Dispose();
        return Errors.TooManyRequests(limit.Refusal, new RateLimitState(limit.Name, quota, limit.Window, 0, wait));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var limit in _limits.Values)
            limit.Limiter.Dispose();
    }

    private static PartitionedRateLimiter<string> Limiter(ChosenQuota chosen) =>
        chosen.Limit.Window is { } window
            ? PartitionedRateLimiter.Create<string, int>(key =>
                RateLimitPartition.GetTokenBucketLimiter(
                    // Seeded anew in each process, so that nobody can pick a key that shares another's bucket.
                    key.GetHashCode(StringComparison.Ordinal) & (Buckets - 1),
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = chosen.Quota,
                        TokensPerPeriod = 1,
                        // Of a quota that is as good as none, a part of the window is shorter than a period can be.
                        ReplenishmentPeriod = TimeSpan.FromTicks(Math.Max(1, (window / chosen.Quota).Ticks)),
                        AutoReplenishment = false,
                    }
                )
            )
            // As many keys as places are taken; those without are forgotten.
            : PartitionedRateLimiter.Create<string, string>(key =>
                RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = chosen.Quota })
            );

    private sealed record Counted(int Quota, PartitionedRateLimiter<string> Limiter);
}
