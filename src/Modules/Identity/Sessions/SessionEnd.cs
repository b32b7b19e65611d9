using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Contracts;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Sessions;

/// <summary>Ends sessions everywhere: deletes their rows and refresh tokens, and makes every module refuse their access tokens.</summary>
internal sealed class SessionEnd(EndedSessions ended, IOutbox outbox, AuditTrail audit, SecurityEvents events, TimeProvider clock)
{
    /// <summary>Ends sessions of one user, in the transaction of the operation that requires it.</summary>
    public Task EndAsync(
        UnitOfWork work,
        long userId,
        IReadOnlyList<long> sessionIds,
        string reason,
        CancellationToken cancellationToken
    ) => EndAsync(work, userId, sessionIds, reason, reason == SessionEndReason.RefreshReuse ? null : userId, cancellationToken);

    /// <summary>Ends every session of a user.</summary>
    public async Task EndAllAsync(UnitOfWork work, long userId, string reason, CancellationToken cancellationToken) =>
        await EndAsync(work, userId, await work.ReadSessionIdsAsync(userId, cancellationToken), reason, cancellationToken);

    /// <summary>Ends every session of a user but the one that asks for it.</summary>
    public async Task EndOthersAsync(UnitOfWork work, CurrentUser user, string reason, CancellationToken cancellationToken)
    {
        var all = await work.ReadSessionIdsAsync(user.Id, cancellationToken);
        await EndAsync(work, user.Id, [.. all.Where(id => id != user.SessionId)], reason, cancellationToken);
    }

    /// <summary>Ends sessions for somebody else, such as an admin; null stands for the operator, and for nobody.</summary>
    public async Task EndAsync(
        UnitOfWork work,
        long userId,
        IReadOnlyList<long> sessionIds,
        string reason,
        long? actorId,
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
        foreach (var id in sessionIds)
            audit.Record(work, new AuditEntry(AuditAction.SessionEnd, actorId, userId) { SessionId = id, Details = reason });

        work.AfterCommit(() =>
        {
            foreach (var id in sessionIds)
                events.Succeeded(SecurityEvent.SessionEnd, userId, id, reason);
        });
    }
}
