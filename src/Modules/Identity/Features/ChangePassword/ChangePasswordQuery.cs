using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ChangePassword;

internal static class ChangePasswordQuery
{
    // By the hash that was verified: of two changes at once, one wins, and ended the session of the other.
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

    // Its row was just updated, so that there is one.
    public static async ValueTask<UserRow> ReadUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        (
            await work.ReadFirstAsync<UserRow>(
                "select id, email, username, email_verified, role, version, created_at, updated_at from users where id = @Id",
                new { Id = id },
                cancellationToken
            )
        )!;
}
