using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.Infrastructure.Nats;

/// <summary>Connects the process to the broker.</summary>
public static class BrokerServices
{
    /// <summary>
    /// Sends all events through NATS (the <c>Nats</c> section), since a module that exchanges events with this process runs in another one.
    /// </summary>
    /// <exception cref="InvalidSettingException">A setting of the broker is invalid.</exception>
    public static IServiceCollection AddBroker(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHealthChecks().AddCheck<BrokerCheck>("broker").AddCheck<EventBacklogCheck>("event_backlog", tags: [HealthTags.Serving]);
        return services
            .AddSingleton<EventBacklog>()
            .AddSingleton<EventBacklogCheck>()
            .AddSingleton(new BrokerSettings(configuration))
            .AddSingleton<Broker>()
            .AddSingleton<IEventTransport, NatsTransport>()
            .AddHostedService<NatsConsumers>()
            .AddHostedService<BrokerMonitor>();
    }
}
