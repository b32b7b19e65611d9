using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Whether the process knows which sessions have ended. One that has just started waits for that a while before it says that it serves; after that
/// it is never worse than degraded, since what needs no token can be answered.
/// </summary>
internal sealed class EndedSessionsCheck(EndedSessionsReader reader, TimeProvider clock) : IHealthCheck
{
    // As long as the proxy in front lets a request wait for a process that serves.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    private readonly long _began = clock.GetTimestamp();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        reader.IsLoaded ? HealthCheckResult.Healthy()
        : clock.GetElapsedTime(_began) > FirstWait ? HealthCheckResult.Degraded()
        : HealthCheckResult.Unhealthy());
}
