using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>
/// Registers the delivery of events: the Host chooses the transport, a module registers the events that it sends and those that it handles.
/// </summary>
public static class MessagingServices
{
    /// <summary>
    /// The time for which sent events are kept: within it, an installation may be split or joined, or its broker replaced.
    /// </summary>
    internal static readonly TimeSpan OutboxAge = TimeSpan.FromDays(7);

    // Far longer than the time in which an event can arrive again.
    private static readonly TimeSpan InboxAge = TimeSpan.FromDays(30);

    /// <summary>
    /// Sends the events that the module adds to its <c>outbox</c> table: to the handlers of this process, unless there is a broker.
    /// </summary>
    public static IServiceCollection AddOutbox<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<IOutbox, Outbox>();
        services.TryAddSingleton<IEventTransport, InProcessTransport>();
        services.AddHostedService<OutboxRelay<TDatabase>>();
        services.MonitorOutbox<TDatabase>();
        return services.AddRetention<TDatabase>("outbox", "delivered_at", OutboxAge);
    }

    /// <summary>
    /// Calls <typeparamref name="THandler"/> for each <typeparamref name="TEvent"/>. The module's <c>inbox</c> table records what the
    /// handler received, and <c>parked_events</c> what it failed to handle.
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
            .MonitorParkedEvents<TDatabase>()
            .AddSingleton<THandler>()
            .AddSingleton(EventSubscription.Of<TDatabase, TEvent, THandler>);
    }

    /// <summary>Sweeps the <c>inbox</c> table of the module.</summary>
    public static IServiceCollection AddInboxRetention<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase => services.AddRetention<TDatabase>("inbox", "received_at", InboxAge);

    /// <summary>Reports how many events wait in the <c>outbox</c> table of the module, and for how long.</summary>
    private static IServiceCollection MonitorOutbox<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase =>
        services.AddSingleton(provider => new MonitoredOutbox(provider.GetRequiredService<TDatabase>()));

    /// <summary>Reports how many events are in the <c>parked_events</c> table of the module.</summary>
    private static IServiceCollection MonitorParkedEvents<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase =>
        services.MonitorTable<TDatabase>(
            ParkedEventsTable.Name,
            "kumiko.parked.events",
            "Events that failed too often and wait for an operator (10,000 stands for any more)."
        );
}
