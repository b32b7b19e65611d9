using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity.Features.ChangePassword;

internal static class ChangePasswordQuery
{
    // By the hash that was verified: of two changes at once, one wins, and ended the session of the other.
    public static async ValueTask<bool> ReplacePasswordAsync(this UnitOfWork work, AccountRow account, string passwordHash, CancellationToken cancellation) =>
        await work.ExecuteAsync(
            "update users set password_hash = @PasswordHash where id = @Id and password_hash = @Before",
            new { account.Id, Before = account.PasswordHash, PasswordHash = passwordHash },
            cancellation) == 1;
}
