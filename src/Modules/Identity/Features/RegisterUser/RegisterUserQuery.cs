using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

internal static class RegisterUserQuery
{
    public static ValueTask<long> InsertUserAsync(
        this UnitOfWork work,
        UserRow user,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        work.InsertAsync(
            """
            insert into users (email, email_key, username, username_key, username_skeleton, password_hash,
                email_verified, role, language, version, created_at, updated_at)
            values (@Email, @EmailKey, @Username, @UsernameKey, @UsernameSkeleton, @PasswordHash,
                @EmailVerified, @Role, @Language, @Version, @CreatedAt, @UpdatedAt)
            """,
            new
            {
                user.Email,
                user.EmailKey,
                user.Username,
                user.UsernameKey,
                user.UsernameSkeleton,
                PasswordHash = passwordHash,
                user.EmailVerified,
                user.Role,
                user.Language,
                user.Version,
                user.CreatedAt,
                user.UpdatedAt,
            },
            cancellationToken
        );
}
