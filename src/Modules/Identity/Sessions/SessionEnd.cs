using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Sessions;

/// <summary>Ends sessions everywhere: deletes their rows and refresh tokens, and makes every module refuse their access tokens.</summary>
internal sealed class SessionEnd(EndedSessions ended, IOutbox outbox, SecurityEvents events, TimeProvider clock)
{
    /// <summary>Ends sessions of one user, in the transaction of the operation that requires it.</summary>
    public async Task EndAsync(
        UnitOfWork work,
        long userId,
        IReadOnlyList<long> sessionIds,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (sessionIds.Count == 0)
            return;

        // The foreign key deletes the refresh tokens with their session.
        await work.ExecuteAsync("delete from sessions where id in @SessionIds", new { SessionIds = sessionIds }, cancellationToken);
        var expiresAt = clock.Now() + TokenLifetimes.MaxUse;
        await ended.AddAsync(work, sessionIds, expiresAt, cancellationToken);
        await outbox.AddAsync(work, new SessionsEnded(userId, sessionIds, expiresAt), cancellationToken);
        work.AfterCommit(() =>
        {
            foreach (var id in sessionIds)
                events.Succeeded(SecurityEvent.SessionEnd, userId, id, reason);
        });
    }
}
