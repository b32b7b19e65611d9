using Kumiko.Identity.Audit;
using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Administration;

/// <summary>Gives a user another role, everywhere.</summary>
internal sealed class RoleChange(SessionEnd sessions, AuditTrail audit, SecurityEvents events)
{
    /// <summary>
    /// Writes the role of a user whose row is locked. The user stays signed in: every session continues under a new id, so that all modules
    /// refuse the tokens with the old role, and clients refresh them.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="before">The user until now.</param>
    /// <param name="after">The user with the new role, version and time.</param>
    /// <param name="actorId">The admin who does it; null for the operator.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async Task ApplyAsync(
        UnitOfWork work,
        ManagedUserRow before,
        ManagedUserRow after,
        long? actorId,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        await work.UpdateManagedUserAsync(after, cancellationToken);
        await sessions.EndAsync(
            work,
            after.Id,
            await work.ContinueSessionsAsync(after.Id, cancellationToken),
            SessionEndReason.RoleChange,
            actorId,
            cancellationToken
        );
        audit.Record(
            work,
            new AuditEntry(AuditAction.RoleChange, actorId, after.Id) { Details = $"{before.Role}:{after.Role}", Reason = reason }
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.RoleChange, after.Id, reason: after.Role));
    }
}
