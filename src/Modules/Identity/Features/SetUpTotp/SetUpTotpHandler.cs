using Kumiko.Identity.SecondFactors;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SetUpTotp;

/// <summary>Begins to set up an authenticator app.</summary>
internal sealed record SetUpTotp(CurrentUser User) : ICommand<ErrorOr<SetUpTotpResponse>>;

internal sealed class SetUpTotpHandler(IdentityDatabase database, TotpCipher cipher, TimeProvider clock)
    : ICommandHandler<SetUpTotp, ErrorOr<SetUpTotpResponse>>
{
    private static readonly TimeSpan Pending = TimeSpan.FromMinutes(10);

    public async ValueTask<ErrorOr<SetUpTotpResponse>> Handle(SetUpTotp command, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var work = await database.BeginAsync(cancellationToken);
        var user = await work.LockOwnUserAsync(command.User, now, cancellationToken);
        if (user is null)
            return IdentityErrors.SessionEnded;
        if (user.SecondFactor)
            return SecondFactorErrors.AlreadyOn;

        var secret = TotpSecret.Create();
        await work.ReplacePendingTotpAsync(
            new TotpRow
            {
                UserId = user.Id,
                SealedSecret = cipher.Encrypt(secret, user.Id),
                CreatedAt = now,
                ExpiresAt = now + Pending,
            },
            cancellationToken
        );
        await work.CommitAsync();
        var uri = secret.Uri(user.Email);
        return new SetUpTotpResponse(secret.Text, uri, QrPicture.DataUri(uri));
    }
}
