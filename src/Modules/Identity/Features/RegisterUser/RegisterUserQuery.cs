using Kumiko.Identity.Naming;
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
            insert into users (email, email_key, username, username_key, username_skeleton, password_hash, email_verified, role, version, created_at, updated_at)
            values (@Email, @EmailKey, @Username, @UsernameKey, @UsernameSkeleton, @PasswordHash, @EmailVerified, @Role, @Version, @CreatedAt, @UpdatedAt)
            """,
            new
            {
                user.Email,
                EmailKey = Names.EmailKey(user.Email),
                user.Username,
                UsernameKey = Names.Key(user.Username),
                UsernameSkeleton = Names.Skeleton(user.Username),
                PasswordHash = passwordHash,
                user.EmailVerified,
                user.Role,
                user.Version,
                user.CreatedAt,
                user.UpdatedAt,
            },
            cancellationToken
        );

    public static async ValueTask<(bool Email, bool Username)> ReadTakenAsync(
        this UnitOfWork work,
        UserRow user,
        CancellationToken cancellationToken
    )
    {
        var keys = new
        {
            EmailKey = Names.EmailKey(user.Email),
            UsernameKey = Names.Key(user.Username),
            UsernameSkeleton = Names.Skeleton(user.Username),
        };
        return (
            await work.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey", keys, cancellationToken) is not null,
            await work.ReadFirstAsync<long?>(
                "select id from users where username_key = @UsernameKey or username_skeleton = @UsernameSkeleton",
                keys,
                cancellationToken
            )
                is not null
        );
    }
}
