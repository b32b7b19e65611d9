using System.Collections.Concurrent;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// The sessions that have ended while one of their access tokens may still be valid. All modules of a process share this list in memory, so
/// that a look-up costs a request nothing. The <c>ended_sessions</c> table of each module keeps the list across restarts and shares it
/// among instances.
/// </summary>
public sealed class EndedSessions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _ended = [];

    /// <summary>Whether the session has ended.</summary>
    public bool Contains(long sessionId) => _ended.ContainsKey(sessionId);

    /// <summary>
    /// Records sessions as ended, in the transaction that ends them or that receives the event. This process refuses them after the commit.
    /// </summary>
    /// <param name="work">A transaction in the database of a module that has the table.</param>
    /// <param name="sessionIds">The sessions.</param>
    /// <param name="expiresAt">The time after which none of their access tokens can be valid.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async Task AddAsync(
        UnitOfWork work,
        IReadOnlyCollection<long> sessionIds,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        // An old event, read again by a new consumer.
        if (sessionIds.Count == 0 || expiresAt <= now)
            return;

        await work.InsertEndedSessionsAsync(sessionIds, now, expiresAt, cancellationToken);
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
