using Kumiko.Identity.Mail;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Emails;

/// <summary>Asks users to prove their addresses.</summary>
internal sealed class VerificationMails(AccountMails mails)
{
    /// <summary>
    /// Asks a user, whose row is locked, to prove the pending address, or else the address of the account. If another account has proved
    /// it, the mail says that instead: only the owner of the address learns it.
    /// </summary>
    public async ValueTask SendAsync(UnitOfWork work, UserRow user, CancellationToken cancellationToken)
    {
        var owner = user.PendingEmail is { } pending
            ? await work.LockUserWithEmailAsync(EmailAddresses.Key(pending), cancellationToken)
            : null;
        if (owner is { EmailVerified: true } && owner.Id != user.Id)
            await mails.TellInUseAsync(work, user, owner, cancellationToken);
        else
            await mails.AskToVerifyAsync(work, user, cancellationToken);
    }
}
