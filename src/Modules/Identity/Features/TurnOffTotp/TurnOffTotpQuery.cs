namespace Kumiko.Identity.Features.TurnOffTotp;

internal static class TurnOffTotpQuery
{
    public static async ValueTask DeleteTotpAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from totp_secrets where user_id = @UserId", new { UserId = userId }, cancellationToken);
}
