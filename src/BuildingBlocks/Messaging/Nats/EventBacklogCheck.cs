using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Messaging.Nats;

/// <summary>
/// Whether the events that waited for this process have taken effect. One that has just started waits for that a while before it says that it
/// serves, since what it missed may be the end of a session; a broker that cannot be reached does not keep it from serving for longer.
/// </summary>
internal sealed class EventBacklogCheck(EventBacklog backlog, TimeProvider clock) : IHealthCheck
{
    // As long as the proxy in front lets a request wait for a process that serves.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    private readonly long _began = clock.GetTimestamp();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        backlog.IsRead ? HealthCheckResult.Healthy()
        : clock.GetElapsedTime(_began) > FirstWait ? HealthCheckResult.Degraded()
        : HealthCheckResult.Unhealthy());
}
