using Kumiko.Identity.Audit;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Recovery;

/// <summary>
/// Gives an account back to its owner, who reads the mails to the address that it had when somebody else began to change it. The links of
/// the mails that report such changes end here.
/// </summary>
internal sealed class AccountRecovery(
    OneTimeSecrets secrets,
    EmailClaim claim,
    PasswordSettings passwords,
    SessionEnd sessions,
    AccountMails mails,
    AuditTrail audit,
    SecurityEvents events
)
{
    /// <summary>
    /// Spends the secret of such a link. The account gets the address to which the link was sent. It loses what was added for signing in
    /// since, its password and its sessions. All links that were sent to one address have the same result.
    /// </summary>
    /// <param name="work">The transaction.</param>
    /// <param name="kind">What the link is for, of <see cref="SecretKind.Undoing"/>.</param>
    /// <param name="token">The secret.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>Null if the secret is spent, too old, void or unknown, or if another account has proved the address.</returns>
    public async ValueTask<RecoveredAccount?> RecoverAsync(
        UnitOfWork work,
        SecretKind kind,
        string token,
        CancellationToken cancellationToken
    )
    {
        // Lock the user's row before spending the secret: otherwise two links that are used at once would deadlock.
        if (
            await secrets.ReadAsync(work, kind, token, cancellationToken) is not { } secret
            || await work.LockUserAsync(secret.UserId, cancellationToken) is not { } user
            || await secrets.SpendAsync(work, kind, token, cancellationToken) is null
            || await claim.ClaimAsync(work, user, secret.Email, cancellationToken) is not { } kept
        )
        {
            return null;
        }

        var since = await secrets.ReadUndoneSinceAsync(work, secret, cancellationToken);
        var lostFactors = await RemoveFactorsAsync(work, user.Id, since, cancellationToken);
        // Links to other addresses that are older remain: a thief, who has the newer ones, must not void what the owner got.
        await OneTimeSecrets.VoidUndoingAsync(work, user.Id, since, cancellationToken);
        await OneTimeSecrets.VoidAsync(work, user.Id, [SecretKind.VerifyEmail, SecretKind.ResetPassword], cancellationToken);
        // Whoever made the changes knew the password: from now on nobody does.
        await work.ReplaceHashAsync(user.Id, PasswordHash.CreateDummy(passwords.Hashing), cancellationToken);
        var resetToken = await secrets.IssueAsync(work, SecretKind.ResetPassword, user.Id, kept.Email, cancellationToken);
        var reason = kind == SecretKind.KeepEmail ? SessionEndReason.EmailKept : SessionEndReason.FactorsUndone;
        await sessions.EndAllAsync(work, user.Id, reason, cancellationToken);

        if (kind == SecretKind.KeepEmail)
            await mails.NotifyAsync(work, kept, MailTemplate.EmailKept, [], cancellationToken);
        if (kind == SecretKind.KeepEmail || user.Email != kept.Email || user.PendingEmail is not null)
            await ReportAddressAsync(work, user, kept, cancellationToken);
        if (kind == SecretKind.UndoFactors || lostFactors)
            await ReportFactorsAsync(work, kept, since, cancellationToken);
        return new RecoveredAccount(resetToken);
    }

    private async ValueTask<bool> RemoveFactorsAsync(
        UnitOfWork work,
        long userId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var lostApp = await work.DeleteTotpFromAsync(userId, since, cancellationToken);
        if (lostApp)
            await work.DeleteRecoveryCodesAsync(userId, cancellationToken);
        var lostCodes = !lostApp && await work.DeleteRecoveryCodesFromAsync(userId, since, cancellationToken);
        var passkeys = await work.DeletePasskeysFromAsync(userId, since, cancellationToken);

        if (lostApp || lostCodes)
        {
            var details = lostApp ? SecondFactorReason.TurnedOff : SecondFactorReason.NoRecoveryCodes;
            audit.Record(work, new AuditEntry(AuditAction.SecondFactorChange, userId, userId) { Details = details });
        }

        foreach (var id in passkeys)
            audit.Record(work, new AuditEntry(AuditAction.PasskeyRemoval, userId, userId) { Details = PasskeyReason.Of(id) });
        return lostApp || lostCodes || passkeys.Count > 0;
    }

    private async ValueTask ReportAddressAsync(UnitOfWork work, UserRow before, UserRow kept, CancellationToken cancellationToken)
    {
        // Whoever reads the mails of the new address may be the owner, and the old mailbox a thief's.
        if (before.Email != kept.Email)
            await mails.NotifyAsync(work, before, MailTemplate.EmailReturned, [("kept_email", kept.Email)], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.EmailChange, kept.Id, kept.Id) { Details = "undone" });
        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, kept.Id, reason: "undone"));
    }

    private async ValueTask ReportFactorsAsync(UnitOfWork work, UserRow kept, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await mails.NotifyAsync(work, kept, MailTemplate.FactorsUndone, [("since", AccountMails.FormatTime(since))], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.FactorUndo, kept.Id, kept.Id));
        work.AfterCommit(() => events.Succeeded(SecurityEvent.FactorUndo, kept.Id));
    }
}
