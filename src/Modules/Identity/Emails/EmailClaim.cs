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
            await TakeFromAsync(work, other, cancellationToken);
            RecordTaken(work, other.Id, user.Id);
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

    /// <summary>
    /// Takes an address from the account that has it without ever proving it, for an account that does not exist yet.
    /// </summary>
    /// <returns>The account that lost it; null if there is none.</returns>
    public async ValueTask<long?> FreeAsync(UnitOfWork work, string emailKey, CancellationToken cancellationToken)
    {
        if (await work.LockUserWithEmailAsync(emailKey, cancellationToken) is not { EmailVerified: false } other)
            return null;

        await TakeFromAsync(work, other, cancellationToken);
        return other.Id;
    }

    /// <summary>Records that an account lost its address, and to whom.</summary>
    public void RecordTaken(UnitOfWork work, long from, long by)
    {
        audit.Record(work, new AuditEntry(AuditAction.EmailChange, by, from) { Details = "taken" });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, from, reason: "taken"));
    }

    private async ValueTask TakeFromAsync(UnitOfWork work, UserRow other, CancellationToken cancellationToken)
    {
        var without = other with { Email = EmailAddresses.Placeholder(other.Id), Version = other.Version + 1, UpdatedAt = clock.Now() };
        await work.UpdateEmailAsync(without, cancellationToken);
        await OneTimeSecrets.VoidAsync(work, other.Id, [SecretKind.ResetPassword], cancellationToken);
    }
}
