using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Whether the key set can be read. A process that has just started waits for it a while before it says that it serves, so that a proxy leaves those with
/// a token to the others. After that it is never worse than degraded: without the key set the process still answers everybody who needs no token.
/// </summary>
internal sealed class RemoteTokenKeysCheck(RemoteTokenKeys keys, TimeProvider clock) : IHealthCheck
{
    // As long as the proxy in front lets a request wait for somebody who serves.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);

    private readonly long _began = clock.GetTimestamp();

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        keys.AreLoaded && !keys.IsAway ? HealthCheckResult.Healthy()
        : keys.AreLoaded || clock.GetElapsedTime(_began) > FirstWait ? HealthCheckResult.Degraded()
        : HealthCheckResult.Unhealthy());
}
