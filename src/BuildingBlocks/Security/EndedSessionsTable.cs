using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>The <c>ended_sessions</c> table of a module.</summary>
internal static class EndedSessionsTable
{
    public const string Name = "ended_sessions";

    /// <summary>The column with the time at which a row was written.</summary>
    public const string NotedAt = "noted_at";

    private const string Select = "select session_id, expires_at from ended_sessions where ";

    /// <summary>Records sessions as ended, unless they already are.</summary>
    public static async ValueTask InsertEndedSessionsAsync(
        this UnitOfWork work,
        IEnumerable<long> sessionIds,
        DateTimeOffset now,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    )
    {
        const string Insert = "into ended_sessions (session_id, noted_at, expires_at) values (@SessionId, @Now, @ExpiresAt)";
        // Dapper runs the statement once per row. The fixed order keeps two transactions with the same sessions from deadlocking.
        await work.ExecuteAsync(
            work.Sql(sqlite: "insert or ignore " + Insert, mySql: "insert ignore " + Insert),
            sessionIds
                .Order()
                .Select(id => new
                {
                    SessionId = id,
                    Now = now,
                    ExpiresAt = expiresAt,
                })
                .ToList(),
            cancellationToken
        );
    }

    /// <summary>The rows that were written after this time.</summary>
    public static ValueTask<List<EndedSessionRow>> ReadSessionsEndedSinceAsync(
        this DatabaseSession session,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) => session.ReadAllAsync<EndedSessionRow>(Select + "noted_at > @Since", new { Since = since }, cancellationToken);

    /// <summary>The rows that have not expired.</summary>
    public static ValueTask<List<EndedSessionRow>> ReadEndedSessionsAsync(
        this DatabaseSession session,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => session.ReadAllAsync<EndedSessionRow>(Select + "expires_at > @Now", new { Now = now }, cancellationToken);

    public sealed record EndedSessionRow
    {
        public long SessionId { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
    }
}
