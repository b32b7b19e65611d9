using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging.Nats;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.BuildingBlocks.Observability;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>What carries events: the Host chooses the way, a module registers what it tells and what it lives on.</summary>
public static class MessagingServices
{
    /// <summary>How long what was sent is kept: an installation may be cut or joined, or its broker replaced, within that time of any event.</summary>
    internal static readonly TimeSpan OutboxAge = TimeSpan.FromDays(7);

    // Far longer than any event can come again.
    private static readonly TimeSpan InboxAge = TimeSpan.FromDays(30);

    /// <summary>Sends all events through NATS (the <c>Nats</c> section), since some module that exchanges events with those of this process runs in another.</summary>
    /// <exception cref="InvalidSettingException">The broker's address cannot work.</exception>
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
            .AddHostedService<BrokerWatch>();
    }

    /// <summary>Sends the events that the module adds to its <c>outbox</c> table; to the handlers of this process, unless there is a broker.</summary>
    public static IServiceCollection AddOutbox<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<IOutbox, Outbox>();
        services.TryAddSingleton<IEventTransport, InProcessTransport>();
        services.AddHostedService<OutboxRelay<TDatabase>>();
        services.WatchOutbox<TDatabase>();
        return services.AddSweep(
            new SweptTable<TDatabase>(
                SqliteDelete: "delete from outbox where id in (select id from outbox where delivered_at < @Before limit @BatchSize)",
                MySqlDelete: "delete from outbox where delivered_at < @Before limit @BatchSize",
                OutboxAge
            )
        );
    }

    /// <summary>
    /// Calls <typeparamref name="THandler"/> for each <typeparamref name="TEvent"/>. What it received is noted in the module's <c>inbox</c> table,
    /// and what it cannot take in <c>parked_events</c>.
    /// </summary>
    public static IServiceCollection AddEventHandler<TDatabase, TEvent, THandler>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        services.TryAddSingleton(provider => new ParkedEvents(
            provider.GetServices<EventSubscription>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        return services
            .WatchParkedEvents<TDatabase>()
            .AddSingleton<THandler>()
            .AddSingleton(EventSubscription.Of<TDatabase, TEvent, THandler>);
    }

    /// <summary>Sweeps the <c>inbox</c> table of the module.</summary>
    public static IServiceCollection AddInboxSweep<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase =>
        services.AddSweep(
            new SweptTable<TDatabase>(
                SqliteDelete: "delete from inbox where rowid in (select rowid from inbox where received_at < @Before limit @BatchSize)",
                MySqlDelete: "delete from inbox where received_at < @Before limit @BatchSize",
                InboxAge
            )
        );
}
