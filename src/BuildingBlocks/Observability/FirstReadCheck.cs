using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Observability;

/// <summary>
/// Whether the process has read what it needs to serve. One that has just started waits for that a while before it says that it serves, so
/// that a proxy leaves
/// requests to the others; after that it is never worse than degraded, since what does not need it can be answered.
/// </summary>
internal abstract class FirstReadCheck(TimeProvider clock) : IHealthCheck
{
    // As long as the proxy in front lets a request wait for a process that serves.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    private readonly long _began = clock.GetTimestamp();

    /// <summary>Whether it was ever read.</summary>
    protected abstract bool HasRead { get; }

    /// <summary>Whether it was read, but cannot be read now.</summary>
    protected virtual bool IsStale => false;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
            HasRead && !IsStale ? HealthCheckResult.Healthy()
            : HasRead || clock.GetElapsedTime(_began) > FirstWait ? HealthCheckResult.Degraded()
            : HealthCheckResult.Unhealthy()
        );
}
