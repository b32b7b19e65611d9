using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ChangePassword;

internal static class ChangePasswordQuery
{
    // Matches the hash that was verified: of two concurrent changes one wins, and it has ended the other's session.
    public static async ValueTask<bool> ReplacePasswordAsync(
        this UnitOfWork work,
        AccountRow account,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set password_hash = @PasswordHash where id = @Id and password_hash = @Before",
            new
            {
                account.Id,
                Before = account.PasswordHash,
                PasswordHash = passwordHash,
            },
            cancellationToken
        ) == 1;
}
