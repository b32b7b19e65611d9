using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.SetUpTotp;

internal static class SetUpTotpQuery
{
    // The user's row is locked, so nobody confirms the old one in between.
    public static async ValueTask ReplacePendingTotpAsync(this UnitOfWork work, TotpRow totp, CancellationToken cancellationToken)
    {
        await work.DeleteTotpAsync(totp.UserId, cancellationToken);
        await work.ExecuteAsync(
            """
            insert into totp_secrets (user_id, sealed_secret, last_step, created_at, expires_at)
            values (@UserId, @SealedSecret, @LastStep, @CreatedAt, @ExpiresAt)
            """,
            totp,
            cancellationToken
        );
    }
}
