using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.ConfirmTotp;

internal static class ConfirmTotpQuery
{
    public static ValueTask<TotpRow?> ReadPendingTotpAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<TotpRow>(
            "select " + SecondFactorTables.TotpColumns + " from totp_secrets where user_id = @UserId and expires_at > @Now",
            new { UserId = userId, Now = now },
            cancellationToken
        );

    // The user's row is locked, so that the secret is still the one that was read.
    public static async ValueTask TurnOnTotpAsync(
        this UnitOfWork work,
        TotpRow pending,
        long step,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update totp_secrets set expires_at = null, last_step = @Step, created_at = @Now where user_id = @UserId",
            new
            {
                pending.UserId,
                Step = step,
                Now = now,
            },
            cancellationToken
        );
}
