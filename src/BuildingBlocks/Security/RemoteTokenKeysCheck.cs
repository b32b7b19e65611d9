using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Whether the key set can be read. Never worse than degraded: without it the process still answers everybody who needs no token, and a proxy that
/// took it out of service would stop the reads as well.
/// </summary>
internal sealed class RemoteTokenKeysCheck(RemoteTokenKeys keys) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(keys.AreLoaded && !keys.IsAway ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded());
}
