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

    private readonly Dictionary<RateLimit, int> _quotas;
    private readonly bool _enabled;

    // One for all limits: each limiter wakes the process ten times a second.
    private readonly PartitionedRateLimiter<(RateLimit Limit, string Key)> _limiter;

    internal RateLimits(RateLimitSettings settings, IEnumerable<ChosenQuota> quotas)
    {
        _enabled = settings.Enabled;
        _quotas = quotas.ToDictionary(chosen => chosen.Limit, chosen => chosen.Quota);
        _limiter = PartitionedRateLimiter.Create<(RateLimit Limit, string Key), (string, int, string?)>(counted =>
            Partition(counted.Limit, _quotas[counted.Limit], counted.Key)
        );
    }

    /// <summary>Counts one request. If the limit is on concurrent requests, the place becomes free when the lease is disposed.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="key">The key of the caller whose quota is used.</param>
    /// <returns>The lease and what remains, or a 429. Null while limits are switched off.</returns>
    public ErrorOr<RateLimitPlace?> Acquire(RateLimit limit, string key)
    {
        if (!_enabled)
            return default(RateLimitPlace);

        var quota = _quotas[limit];
        var lease = _limiter.AttemptAcquire((limit, key));
        if (lease.IsAcquired)
            return new RateLimitPlace(
                lease,
                new RateLimitState(
                    limit.Name,
                    quota,
                    limit.Window,
                    _limiter.GetStatistics((limit, key))?.CurrentAvailablePermits ?? 0,
                    null
                )
            );

        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : RetryWhenFull;
        lease.Dispose();
        return Errors.TooManyRequests(limit.Refusal, new RateLimitState(limit.Name, quota, limit.Window, 0, wait));
    }

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();

    private static RateLimitPartition<(string, int, string?)> Partition(RateLimit limit, int quota, string key) =>
        limit.Window is { } window
            ? RateLimitPartition.GetTokenBucketLimiter<(string, int, string?)>(
                // The hash has a new seed in each process, so that nobody can choose a key that shares another caller's bucket.
                (limit.Setting, key.GetHashCode(StringComparison.Ordinal) & (Buckets - 1), null),
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = quota,
                    TokensPerPeriod = 1,
                    // If a quota is so large that it hardly limits, one share of the window is shorter than the shortest period.
                    ReplenishmentPeriod = TimeSpan.FromTicks(Math.Max(1, (window / quota).Ticks)),
                    AutoReplenishment = false,
                }
            )
            // There is a limiter for each key that holds a place; the others are forgotten.
            : RateLimitPartition.GetConcurrencyLimiter<(string, int, string?)>(
                (limit.Setting, 0, key),
                _ => new ConcurrencyLimiterOptions { PermitLimit = quota }
            );
}
