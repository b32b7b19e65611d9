using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The <c>outbox</c> table of a module: the events that wait to be handed over and, for a while, those that were.</summary>
internal static class OutboxTable
{
    private const string IsWaiting = "delivered_at is null";
    private const string IsDue = IsWaiting + " and next_attempt_at <= @Now";

    // The order of the table's index.
    private const string InOrder = " order by next_attempt_at, id limit @Take";

    public static async ValueTask AddEventAsync(this UnitOfWork work, Envelope envelope, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            insert into outbox (event_id, name, body, trace_parent, created_at, attempts, next_attempt_at)
            values (@EventId, @Name, @Body, @TraceParent, @CreatedAt, 0, @CreatedAt)
            """,
            envelope,
            cancellationToken
        );

    /// <summary>Whether events wait that are due.</summary>
    public static async ValueTask<bool> HasDueEventsAsync(
        this DatabaseSession session,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await session.ReadFirstAsync<bool>(
            "select exists (select 1 from outbox where " + IsDue + ")",
            new { Now = now },
            cancellationToken
        );

    /// <summary>Claims the waiting events that are due, at most so many, until a time at which others may claim them too.</summary>
    public static async ValueTask<List<OutboxRow>> ClaimEventsAsync(
        this UnitOfWork work,
        int take,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        const string Due = "select id, event_id, name, body, trace_parent, created_at, attempts from outbox where " + IsDue + InOrder;
        var rows = await work.ReadAllAsync<OutboxRow>(
            work.Sql(sqlite: Due, mySql: Due + " for update skip locked"),
            new { Now = now, Take = take },
            cancellationToken
        );
        if (rows.Count > 0)
            await work.ExecuteAsync(
                "update outbox set attempts = attempts + 1, next_attempt_at = @Until where id in @Ids",
                new { Until = until, Ids = rows.ConvertAll(row => row.Id) },
                cancellationToken
            );
        return rows.ConvertAll(row => row with { ClaimedUntil = until });
    }

    /// <summary>Releases claims that have not expired, as if the events had not been claimed, and lets them wait until a time.</summary>
    public static async ValueTask ReleaseEventsAsync(
        this DatabaseSession session,
        IReadOnlyCollection<long> ids,
        DateTimeOffset claimedUntil,
        DateTimeOffset dueAt,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            "update outbox set attempts = attempts - 1, next_attempt_at = @DueAt where id in @Ids and next_attempt_at = @Until and "
                + IsWaiting,
            new
            {
                DueAt = dueAt,
                Ids = ids,
                Until = claimedUntil,
            },
            cancellationToken
        );

    /// <summary>Records that events were handed over, and by which route.</summary>
    public static async ValueTask MarkEventsSentAsync(
        this DatabaseSession session,
        IReadOnlyCollection<long> ids,
        string route,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            "update outbox set delivered_at = @Now, delivered_by = @Route where id in @Ids and " + IsWaiting,
            new
            {
                Now = now,
                Route = route,
                Ids = ids,
            },
            cancellationToken
        );

    /// <summary>Lets an event wait until its next attempt.</summary>
    public static async ValueTask PostponeEventAsync(
        this DatabaseSession session,
        long id,
        int attempts,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            "update outbox set attempts = @Attempts, next_attempt_at = @Until where id = @Id",
            new
            {
                Attempts = attempts,
                Until = until,
                Id = id,
            },
            cancellationToken
        );

    /// <summary>The routes by which events were handed over, except these two.</summary>
    public static ValueTask<List<string>> ReadOtherRoutesAsync(
        this DatabaseSession session,
        string route,
        string final,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<string>(
            "select distinct delivered_by from outbox where delivered_by is not null and delivered_by not in (@Route, @Final)",
            new { Route = route, Final = final },
            cancellationToken
        );

    /// <summary>Lets the events that were handed over by these routes wait again, and returns how many there are.</summary>
    public static ValueTask<int> RequeueEventsAsync(
        this DatabaseSession session,
        IReadOnlyCollection<string> routes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            update outbox set delivered_at = null, delivered_by = null, attempts = 0, next_attempt_at = @Now
            where delivered_by in @Routes
            """,
            new { Now = now, Routes = routes },
            cancellationToken
        );

    /// <summary>How many events wait, counting no more than so many, and since when.</summary>
    public static async ValueTask<WaitingEvents> ReadWaitingEventsAsync(
        this DatabaseSession session,
        int take,
        CancellationToken cancellationToken
    ) =>
        (
            await session.ReadFirstAsync<WaitingEvents>(
                "select count(*) as count, min(created_at) as oldest from (select created_at from outbox where "
                    + IsWaiting
                    + InOrder
                    + ") as waiting",
                new { Take = take },
                cancellationToken
            )
        )!;
}

/// <summary>An event that its relay has claimed.</summary>
internal sealed record OutboxRow : Envelope
{
    public long Id { get; init; }

    /// <summary>The number of attempts before this one.</summary>
    public int Attempts { get; init; }

    /// <summary>The time from which another process may claim the event.</summary>
    public DateTimeOffset ClaimedUntil { get; init; }
}

/// <summary>What waits in an outbox.</summary>
internal sealed record WaitingEvents
{
    public long Count { get; init; }
    public DateTimeOffset? Oldest { get; init; }
}
