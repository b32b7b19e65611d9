using Kumiko.Identity.Recovery;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.KeepEmail;

/// <summary>Undoes a change of an account's address, and what was added for signing in since, and makes its password void.</summary>
/// <param name="Token">The secret that was sent to the old address.</param>
internal sealed record KeepEmail(string Token) : ICommand<ErrorOr<RecoveredAccount>>;

internal sealed class KeepEmailHandler(IdentityDatabase database, AccountRecovery recovery)
    : ICommandHandler<KeepEmail, ErrorOr<RecoveredAccount>>
{
    public async ValueTask<ErrorOr<RecoveredAccount>> Handle(KeepEmail command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await recovery.RecoverAsync(work, SecretKind.KeepEmail, command.Token, cancellationToken) is not { } recovered)
            return IdentityErrors.LinkVoid;

        await work.CommitAsync();
        return recovered;
    }
}
