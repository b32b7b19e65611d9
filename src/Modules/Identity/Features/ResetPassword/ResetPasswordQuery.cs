using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ResetPassword;

internal static class ResetPasswordQuery
{
    // A link to a disabled account is as good as none.
    public static ValueTask<UserRow?> ReadUserToResetAsync(this DatabaseSession session, long id, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<UserRow>(
            "select "
                + UsersTable.Columns
                + " from users u where u.id = @Id and not exists (select 1 from disabled_users d where d.user_id = u.id)",
            new { Id = id },
            cancellationToken
        );

    public static async ValueTask ReplacePasswordAsync(
        this UnitOfWork work,
        UserRow user,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            update users
            set password_hash = @PasswordHash, email_verified = @EmailVerified, pending_email = @PendingEmail, version = @Version,
                updated_at = @UpdatedAt
            where id = @Id
            """,
            new
            {
                user.Id,
                PasswordHash = passwordHash,
                user.EmailVerified,
                user.PendingEmail,
                user.Version,
                user.UpdatedAt,
            },
            cancellationToken
        );
}
