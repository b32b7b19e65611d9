using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

internal static class UpdateMeQuery
{
    public static ValueTask<UserRow?> LockMeToUpdateAsync(
        this UnitOfWork work,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<UserRow>(
            work.ForUpdate(
                """
                select u.id, u.email, u.username, u.email_verified, u.role, u.version, u.created_at, u.updated_at
                from sessions s join users u on u.id = s.user_id
                where s.id = @SessionId and s.user_id = @Id and s.expires_at > @Now
                """,
                of: "u"
            ),
            new
            {
                user.SessionId,
                user.Id,
                Now = now,
            },
            cancellationToken
        );

    public static ValueTask<UserRow?> ReadMeToUpdateAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<UserRow>(
            "select u.id, u.email, u.username from sessions s join users u on u.id = s.user_id where s.id = @SessionId and s.user_id = @Id and s.expires_at > @Now",
            new
            {
                user.SessionId,
                user.Id,
                Now = now,
            },
            cancellationToken
        );

    // An unchanged name keeps its skeleton, which it may share with an older one.
    public static async ValueTask UpdateUserAsync(this UnitOfWork work, UserRow user, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            update users
            set username_skeleton = case when username = @Username then username_skeleton else @UsernameSkeleton end,
                email = @Email, email_key = @EmailKey, username = @Username, username_key = @UsernameKey,
                email_verified = @EmailVerified, version = @Version, updated_at = @UpdatedAt
            where id = @Id
            """,
            new
            {
                user.Id,
                user.Email,
                EmailKey = Names.EmailKey(user.Email),
                user.Username,
                UsernameKey = Names.Key(user.Username),
                UsernameSkeleton = Names.Skeleton(user.Username),
                user.EmailVerified,
                user.Version,
                user.UpdatedAt,
            },
            cancellationToken
        );

    public static async ValueTask<(bool Email, bool Username)> ReadTakenByOthersAsync(
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
            user.Id,
        };
        return (
            await work.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey and id <> @Id", keys, cancellationToken)
                is not null,
            await work.ReadFirstAsync<long?>(
                "select id from users where (username_key = @UsernameKey or username_skeleton = @UsernameSkeleton) and id <> @Id",
                keys,
                cancellationToken
            )
                is not null
        );
    }
}
