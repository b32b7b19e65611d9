using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>parked_events</c> table of a module.</summary>
internal static class ParkedEventsTable
{
    public const string Name = "parked_events";

    private const string Columns = "event_id, handler, name, body, trace_parent, created_at, attempts, error, parked_at";

    /// <summary>Parks an event, unless the handler has parked it already.</summary>
    public static async ValueTask ParkEventAsync(this DatabaseSession session, ParkedEvent parked, CancellationToken cancellationToken)
    {
        const string Insert =
            "into parked_events ("
            + Columns
            + ") values (@EventId, @Handler, @Name, @Body, @TraceParent, @CreatedAt, @Attempts, @Error, @ParkedAt)";
        await session.ExecuteAsync(
            session.Sql(sqlite: "insert or ignore " + Insert, mySql: "insert ignore " + Insert),
            parked,
            cancellationToken
        );
    }

    public static ValueTask<List<ParkedEvent>> ReadParkedEventsAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadAllAsync<ParkedEvent>("select " + Columns + " from parked_events", null, cancellationToken);

    public static async ValueTask DeleteParkedEventAsync(this UnitOfWork work, ParkedEvent parked, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from parked_events where event_id = @EventId and handler = @Handler", parked, cancellationToken);
}
