using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignIn;

internal static class SignInQuery
{
    public static ValueTask<AccountRow?> ReadAccountAsync(
        this DatabaseSession session,
        string emailKey,
        byte[] device,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<AccountRow>(
            "select u.id, u.email_key, u.email_verified, u.password_hash, "
                + UsersTable.SecondFactor
                + """
                , exists (select 1 from known_devices d where d.user_id = u.id and d.device_hash = @Device) as knows_device,
                exists (select 1 from known_devices d where d.user_id = u.id) as knows_devices
                from users u where u.email_key = @EmailKey
                """,
            new { EmailKey = emailKey, Device = device },
            cancellationToken
        );

    public static ValueTask<UserRow?> LockUserToSignInAsync(
        this UnitOfWork work,
        long id,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<UserRow>(
            work.ForUpdate("select " + UsersTable.Columns + " from users u where u.id = @Id and u.password_hash = @PasswordHash"),
            new { Id = id, PasswordHash = passwordHash },
            cancellationToken
        );
}
