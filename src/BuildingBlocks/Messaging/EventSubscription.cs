using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>One handler of one event in this process.</summary>
/// <param name="EventName">The event's name.</param>
/// <param name="DeliverAsync">Lets an event (its id and its body) take effect, once however often it is called.</param>
internal sealed record EventSubscription(string EventName, Func<Guid, string, CancellationToken, Task> DeliverAsync)
{
    public static EventSubscription Of<TDatabase, TEvent, THandler>(IServiceProvider services)
        where TDatabase : ModuleDatabase
        where TEvent : IEvent
        where THandler : class, IEventHandler<TEvent>
    {
        var database = services.GetRequiredService<TDatabase>();
        var handler = services.GetRequiredService<THandler>();
        var clock = services.GetRequiredService<TimeProvider>();
        return new EventSubscription(TEvent.Name, async (eventId, body, cancellation) =>
        {
            var happened = JsonSerializer.Deserialize<TEvent>(body, EventJson.Options)
                ?? throw new JsonException($"The event {eventId} has no body.");
            await using var work = await database.BeginAsync(cancellation);
            if (!await NoteAsync(work, eventId, typeof(THandler).Name, clock.Now(), cancellation))
                return;

            await handler.HandleAsync(happened, work, cancellation);
            await work.CommitAsync();
        });
    }

    private static async Task<bool> NoteAsync(UnitOfWork work, Guid eventId, string handler, DateTimeOffset now, CancellationToken cancellation) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: "insert or ignore into inbox (event_id, handler, received_at) values (@EventId, @Handler, @Now)",
                mySql: "insert ignore into inbox (event_id, handler, received_at) values (@EventId, @Handler, @Now)"),
            new { EventId = eventId.ToString(), Handler = handler, Now = now },
            cancellation) == 1;
}
