using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>inbox</c> table of a module.</summary>
internal static class InboxTable
{
    /// <summary>Records that a handler has received an event; false if it had received it before.</summary>
    public static async ValueTask<bool> TryReceiveEventAsync(
        this UnitOfWork work,
        string eventId,
        string handler,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: "insert or ignore into inbox (event_id, handler, received_at) values (@EventId, @Handler, @Now)",
                mySql: "insert ignore into inbox (event_id, handler, received_at) values (@EventId, @Handler, @Now)"
            ),
            new
            {
                EventId = eventId,
                Handler = handler,
                Now = now,
            },
            cancellationToken
        ) == 1;
}
