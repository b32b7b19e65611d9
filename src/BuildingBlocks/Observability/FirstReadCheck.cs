using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>
/// Checks whether the process has read what it needs to serve. A process that has just started is unhealthy until it has, for a limited
/// time, so that a proxy sends requests to the other instances. After that it is degraded at worst, since it can answer the requests that
/// don't need what is missing.
/// </summary>
internal abstract class FirstReadCheck(TimeProvider clock) : IHealthCheck
{
    // The time for which the proxy in front lets a request wait for a process that serves.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    private readonly long _began = clock.GetTimestamp();

    /// <summary>Whether it has been read at least once.</summary>
    protected abstract bool HasRead { get; }

    /// <summary>Whether it has been read, but cannot be read now.</summary>
    protected virtual bool IsStale => false;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            HasRead && !IsStale ? HealthCheckResult.Healthy()
            : HasRead || clock.GetElapsedTime(_began) > FirstWait ? HealthCheckResult.Degraded()
            : HealthCheckResult.Unhealthy()
        );
}
