using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.Infrastructure.Nats;

/// <summary>Reports that the broker is unreachable. The process stays ready, since events wait in the outbox.</summary>
internal sealed class BrokerCheck(Broker broker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(broker.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded());
}
