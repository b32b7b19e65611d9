using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignIn;

internal static class SignInQuery
{
    // If two old accounts share an address, one in Unicode and one in ASCII form, each is found by the form it was registered in.
    public static ValueTask<AccountRow?> ReadAccountAsync(
        this DatabaseSession session,
        string email,
        byte[] device,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<AccountRow>(
            """
            select u.id, u.email_key, u.password_hash,
                exists (select 1 from known_devices d where d.user_id = u.id and d.device_hash = @Device) as knows_device
            from users u where u.email_key in (@AsTyped, @EmailKey) order by case when u.email_key = @AsTyped then 0 else 1 end
            """,
            new
            {
                AsTyped = Names.Key(email),
                EmailKey = Names.EmailKey(email),
                Device = device,
            },
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

    public static async ValueTask ReplaceHashAsync(
        this UnitOfWork work,
        long id,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set password_hash = @PasswordHash where id = @Id",
            new { Id = id, PasswordHash = passwordHash },
            cancellationToken
        );
}
