using Kumiko.Identity.Audit;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RenamePasskey;

/// <summary>Gives a passkey another name.</summary>
/// <param name="Id">The passkey.</param>
/// <param name="Name">Its new name.</param>
/// <param name="User">The user.</param>
internal sealed record RenamePasskey(long Id, string Name, CurrentUser User) : ICommand<ErrorOr<PasskeyRow>>;

internal sealed class RenamePasskeyHandler(IdentityDatabase database, SecurityEvents events, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<RenamePasskey, ErrorOr<PasskeyRow>>
{
    public async ValueTask<ErrorOr<PasskeyRow>> Handle(RenamePasskey command, CancellationToken cancellationToken)
    {
        var user = command.User;
        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.ReadOwnSessionAsync(user, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;
        if (await work.LockPasskeyAsync(command.Id, user.Id, cancellationToken) is not { } passkey)
            return PasskeyErrors.NotFound(command.Id);
        if (passkey.Name == command.Name)
            return passkey;

        passkey = passkey with { Name = command.Name };
        await work.RenamePasskeyAsync(passkey, cancellationToken);
        audit.Record(
            work,
            new AuditEntry(AuditAction.PasskeyRenaming, user.Id, user.Id)
            {
                SessionId = user.SessionId,
                Details = PasskeyReason.Of(passkey.Id),
            }
        );
        work.AfterCommit(() => events.Succeeded(SecurityEvent.PasskeyChange, user.Id, user.SessionId, PasskeyReason.Renamed));
        await work.CommitAsync();
        return passkey;
    }
}
