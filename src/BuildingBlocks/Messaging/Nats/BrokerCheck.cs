using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kumiko.BuildingBlocks.Messaging.Nats;

/// <summary>Tells that the broker is away. The process is no less ready for it: events wait in the outbox.</summary>
internal sealed class BrokerCheck(Broker broker) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(broker.IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded());
}
