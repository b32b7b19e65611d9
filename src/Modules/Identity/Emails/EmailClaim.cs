using Kumiko.Identity.Audit;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Emails;

/// <summary>Gives a proved address to the account that proved it.</summary>
internal sealed class EmailClaim(AuditTrail audit, SecurityEvents events, TimeProvider clock)
{
    /// <summary>
    /// Gives a proved address to a user whose row is locked. Another account that has it without ever proving it loses it: somebody
    /// mistyped the address, or registered with a stranger's.
    /// </summary>
    /// <returns>The changed user; null if another account has proved the address.</returns>
    public async ValueTask<UserRow?> ClaimAsync(UnitOfWork work, UserRow user, string email, CancellationToken cancellationToken)
    {
        var changed = user with
        {
            Email = email,
            EmailVerified = true,
            PendingEmail = null,
            Version = user.Version + 1,
            UpdatedAt = clock.Now(),
        };
        if (await work.LockUserWithEmailAsync(changed.EmailKey, cancellationToken) is { } other && other.Id != user.Id)
        {
            if (other.EmailVerified)
                return null;
            await TakeFromAsync(work, other, user.Id, cancellationToken);
        }

        try
        {
            await work.UpdateEmailAsync(changed, cancellationToken);
            return changed;
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            // Somebody registered with the address a moment ago. The caller rolls back, so the secret can be used again.
            return null;
        }
    }

    private async ValueTask TakeFromAsync(UnitOfWork work, UserRow other, long by, CancellationToken cancellationToken)
    {
        var without = other with { Email = EmailAddresses.Placeholder(other.Id), Version = other.Version + 1, UpdatedAt = clock.Now() };
        await work.UpdateEmailAsync(without, cancellationToken);
        await OneTimeSecrets.VoidAsync(work, other.Id, [SecretKind.ResetPassword], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.EmailChange, by, other.Id) { Details = "taken" });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, other.Id, reason: "taken"));
    }
}
