using System.Text.Json;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>inbox</c> table of a module.</summary>
internal static class InboxTable
{
    /// <summary>Records that handlers have received events; false if one of them had received its event before.</summary>
    public static async ValueTask<bool> TryReceiveEventsAsync(
        this UnitOfWork work,
        IReadOnlyCollection<(string EventId, string Handler)> events,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            work.Sql(
                sqlite: """
                insert or ignore into inbox (event_id, handler, received_at)
                select value ->> 0, value ->> 1, @Now from json_each(@Rows)
                """,
                mySql: """
                insert ignore into inbox (event_id, handler, received_at)
                select event_id, handler, @Now
                from json_table(@Rows, '$[*]' columns (event_id varchar(36) path '$[0]', handler varchar(100) path '$[1]')) r
                """
            ),
            new
            {
                // The fixed order keeps two transactions that receive the same events from deadlocking.
                Rows = JsonSerializer.Serialize(events.Order().Select(one => new[] { one.EventId, one.Handler })),
                Now = now,
            },
            cancellationToken
        ) == events.Count;
}
