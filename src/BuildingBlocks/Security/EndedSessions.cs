using System.Collections.Concurrent;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// The sessions that have ended while an access token of theirs may still be good. All modules of a process share this list in memory, so
/// that
/// looking at it costs a request nothing; the <c>ended_sessions</c> table of each module keeps it over restarts and shares it among
/// instances.
/// </summary>
public sealed class EndedSessions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _ended = [];

    /// <summary>Whether the session has ended.</summary>
    public bool Contains(long sessionId) => _ended.ContainsKey(sessionId);

    /// <summary>
    /// Notes sessions as ended, in the transaction that ends them or that receives the event; this process refuses them after the commit.
    /// </summary>
    /// <param name="work">A transaction in the database of a module that has the table.</param>
    /// <param name="sessionIds">The sessions.</param>
    /// <param name="expiresAt">When no access token of theirs can be good any more.</param>
    /// <param name="cancellationToken">The caller gave up.</param>
    public async Task AddAsync(
        UnitOfWork work,
        IReadOnlyCollection<long> sessionIds,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        // An event of long ago, read again by a new consumer.
        if (sessionIds.Count == 0 || expiresAt <= now)
            return;

        // Dapper runs the statement once a row; in one order, so that two transactions with the same sessions cannot deadlock.
        await work.ExecuteAsync(
            work.Sql(
                sqlite: "insert or ignore into ended_sessions (session_id, noted_at, expires_at) values (@SessionId, @NotedAt, @ExpiresAt)",
                mySql: "insert ignore into ended_sessions (session_id, noted_at, expires_at) values (@SessionId, @NotedAt, @ExpiresAt)"
            ),
            sessionIds
                .Order()
                .Select(id => new
                {
                    SessionId = id,
                    NotedAt = now,
                    ExpiresAt = expiresAt,
                })
                .ToList(),
            cancellationToken
        );
        work.AfterCommit(() =>
        {
            foreach (var id in sessionIds)
                Add(id, expiresAt);
        });
    }

    internal void Add(long sessionId, DateTimeOffset expiresAt) => _ended[sessionId] = expiresAt;

    internal void Forget(DateTimeOffset now)
    {
        foreach (var (id, expiresAt) in _ended)
        {
            if (expiresAt <= now)
                _ended.TryRemove(id, out _);
        }
    }
}
