using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetMe;

internal static class GetMeQuery
{
    public static ValueTask<UserRow?> ReadMeAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<UserRow>(
            """
            select u.id, u.email, u.username, u.email_verified, u.role, u.version, u.created_at, u.updated_at
            from sessions s join users u on u.id = s.user_id
            where s.id = @SessionId and s.user_id = @Id and s.expires_at > @Now
            """,
            new
            {
                user.SessionId,
                user.Id,
                Now = now,
            },
            cancellationToken
        );
}
