using Kumiko.Identity.Audit;
using Kumiko.Identity.Emails;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.KeepEmail;

/// <summary>Undoes a change of an account's address, and makes its password void.</summary>
/// <param name="Token">The secret that was sent to the old address.</param>
internal sealed record KeepEmail(string Token) : ICommand<ErrorOr<KeptEmail>>;

/// <summary>An account that has its address again.</summary>
/// <param name="ResetToken">The secret that chooses its new password.</param>
internal sealed record KeptEmail(string ResetToken);

internal sealed class KeepEmailHandler(
    IdentityDatabase database,
    OneTimeSecrets secrets,
    EmailClaim claim,
    PasswordSettings passwords,
    SessionEnd sessions,
    AccountMails mails,
    AuditTrail audit,
    SecurityEvents events
) : ICommandHandler<KeepEmail, ErrorOr<KeptEmail>>
{
    public async ValueTask<ErrorOr<KeptEmail>> Handle(KeepEmail command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (
            await secrets.SpendAsync(work, SecretKind.KeepEmail, command.Token, cancellationToken) is not { } secret
            || await work.LockUserAsync(secret.UserId, cancellationToken) is not { } user
            || await claim.ClaimAsync(work, user, secret.Email, cancellationToken) is not { } kept
        )
        {
            return IdentityErrors.LinkVoid;
        }

        // Those that were sent to the new address, and those that would bring it back. An older one remains: a thief, who has the newer
        // one, must not void what the owner got.
        await OneTimeSecrets.VoidAsync(work, user.Id, [SecretKind.VerifyEmail, SecretKind.ResetPassword], cancellationToken);
        await OneTimeSecrets.VoidNewerAsync(work, SecretKind.KeepEmail, secret, cancellationToken);
        // Whoever asked for the change knew the password: from now on nobody does.
        await work.ReplaceHashAsync(user.Id, PasswordHash.CreateDummy(passwords.Hashing), cancellationToken);
        var resetToken = await secrets.IssueAsync(work, SecretKind.ResetPassword, user.Id, kept.Email, cancellationToken);
        await sessions.EndAllAsync(work, user.Id, SessionEndReason.EmailKept, cancellationToken);
        await mails.NotifyAsync(work, kept, MailTemplate.EmailKept, [], cancellationToken);
        // Whoever reads the mails of the new address may be the owner, and the old mailbox a thief's.
        if (user.Email != kept.Email)
            await mails.NotifyAsync(work, user, MailTemplate.EmailReturned, [("kept_email", kept.Email)], cancellationToken);
        audit.Record(work, new AuditEntry(AuditAction.EmailChange, user.Id, user.Id));
        work.AfterCommit(() => events.Succeeded(SecurityEvent.EmailChange, user.Id, reason: "undone"));
        await work.CommitAsync();
        return new KeptEmail(resetToken);
    }
}
