using Kumiko.Identity.Recovery;
using Kumiko.Identity.Secrets;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UndoFactors;

/// <summary>Removes what somebody else has added to an account for signing in, and makes its password void.</summary>
/// <param name="Token">The secret of the mail that reported it.</param>
internal sealed record UndoFactors(string Token) : ICommand<ErrorOr<RecoveredAccount>>;

internal sealed class UndoFactorsHandler(IdentityDatabase database, AccountRecovery recovery)
    : ICommandHandler<UndoFactors, ErrorOr<RecoveredAccount>>
{
    public async ValueTask<ErrorOr<RecoveredAccount>> Handle(UndoFactors command, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await recovery.RecoverAsync(work, SecretKind.UndoFactors, command.Token, cancellationToken) is not { } recovered)
            return IdentityErrors.LinkVoid;

        await work.CommitAsync();
        return recovered;
    }
}
