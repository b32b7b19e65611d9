using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>What a module registers to tell others of events and to hear of theirs.</summary>
public static class MessagingServices
{
    // Far longer than any event is tried again.
    private static readonly TimeSpan InboxAge = TimeSpan.FromDays(30);

    /// <summary>Delivers the events that the module adds to its <c>outbox</c> table.</summary>
    public static IServiceCollection AddOutbox<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
    {
        services.TryAddSingleton<IOutbox, Outbox>();
        return services.AddHostedService<OutboxRelay<TDatabase>>();
    }

    /// <summary>Calls <typeparamref name="THandler"/> for each <typeparamref name="TEvent"/>; what it received is noted in the module's <c>inbox</c> table.</summary>
    public static IServiceCollection AddEventHandler<TDatabase, TEvent, THandler>(this IServiceCollection services)
        where TDatabase : ModuleDatabase
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent> => services
            .AddSingleton<THandler>()
            .AddSingleton(EventSubscription.Of<TDatabase, TEvent, THandler>);

    /// <summary>Sweeps the <c>inbox</c> table of the module.</summary>
    public static IServiceCollection AddInboxSweep<TDatabase>(this IServiceCollection services)
        where TDatabase : ModuleDatabase => services.AddSweep(new SweptTable<TDatabase>(
            SqliteDelete: "delete from inbox where rowid in (select rowid from inbox where received_at < @Before limit @BatchSize)",
            MySqlDelete: "delete from inbox where received_at < @Before limit @BatchSize",
            InboxAge));
}
