using System.Threading.RateLimiting;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>Counts in this process what callers do, and refuses what exceeds a quota.</summary>
public sealed class RateLimits : IDisposable
{
    // Callers share this many buckets, so that a flood of addresses cannot fill the memory.
    private const int Buckets = 1 << 16;

    // Only its holder knows when a place becomes free.
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(10);

    private readonly Dictionary<RateLimit, Counted> _limits;
    private readonly bool _enabled;

    internal RateLimits(RateLimitSettings settings, IEnumerable<ChosenQuota> quotas)
    {
        _enabled = settings.Enabled;
        _limits = quotas.ToDictionary(chosen => chosen.Limit, chosen => new Counted(chosen.Quota, Limiter(chosen)));
    }

    /// <summary>Counts one request. If the limit is on concurrent requests, the place becomes free when the lease is disposed.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="key">The key of the caller whose quota is used.</param>
    /// <returns>The lease and what remains, or a 429. Null while limits are switched off.</returns>
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
                    // The hash has a new seed in each process, so that nobody can choose a key that shares another caller's bucket.
                    key.GetHashCode(StringComparison.Ordinal) & (Buckets - 1),
                    _ => new TokenBucketRateLimiterOptions
                    {
                        TokenLimit = chosen.Quota,
                        TokensPerPeriod = 1,
                        // If a quota is so large that it hardly limits, one share of the window is shorter than the shortest period.
                        ReplenishmentPeriod = TimeSpan.FromTicks(Math.Max(1, (window / chosen.Quota).Ticks)),
                        AutoReplenishment = false,
                    }
                )
            )
            // There is a limiter for each key that holds a place; the others are forgotten.
            : PartitionedRateLimiter.Create<string, string>(key =>
                RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = chosen.Quota })
            );

    private sealed record Counted(int Quota, PartitionedRateLimiter<string> Limiter);
}
