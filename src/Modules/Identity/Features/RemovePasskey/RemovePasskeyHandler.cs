using Kumiko.Identity.Audit;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RemovePasskey;

/// <summary>Removes a passkey.</summary>
/// <param name="Id">The passkey.</param>
/// <param name="User">The user.</param>
internal sealed record RemovePasskey(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class RemovePasskeyHandler(
    IdentityDatabase database,
    AccountMails mails,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<RemovePasskey, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(RemovePasskey command, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var work = await database.BeginAsync(cancellationToken);
        // Locked, so that of two passkeys that are removed at once the last one stays.
        if (await work.LockOwnUserAsync(command.User, now, cancellationToken) is not { } user)
            return IdentityErrors.SessionEnded;
        var ids = await work.LockPasskeysAsync(user.Id, cancellationToken);
        if (!ids.Contains(command.Id))
            return PasskeyErrors.NotFound(command.Id);
        if (ids.Count == 1 && !await work.HasPasswordAsync(user.Id, cancellationToken))
            return PasskeyErrors.LastWay;

        var name = await work.ReadPasskeyNameAsync(command.Id, cancellationToken);
        await work.DeletePasskeyAsync(command.Id, cancellationToken);
        await work.TouchUserAsync(user.Id, now, cancellationToken);
        await mails.NotifyAsync(work, user, MailTemplate.PasskeyRemoved, [("passkey", AccountMails.WithoutLinks(name))], cancellationToken);
        audit.Record(
            work,
            new AuditEntry(AuditAction.PasskeyRemoval, user.Id, user.Id)
            {
                SessionId = command.User.SessionId,
                Details = PasskeyReason.Of(command.Id),
            }
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasskeyChange, user.Id, command.User.SessionId, PasskeyReason.Removed));
        await work.CommitAsync();
        return Result.Deleted;
    }
}
