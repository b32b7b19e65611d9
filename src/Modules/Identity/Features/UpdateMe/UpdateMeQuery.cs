using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

internal static class UpdateMeQuery
{
    // An unchanged name keeps its skeleton: an older version may have made another one.
    public static async ValueTask UpdateUserAsync(this UnitOfWork work, UserRow user, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            update users
            set username_skeleton = case when username = @Username then username_skeleton else @UsernameSkeleton end,
                username = @Username, username_key = @UsernameKey, pending_email = @PendingEmail, version = @Version,
                updated_at = @UpdatedAt
            where id = @Id
            """,
            user,
            cancellationToken
        );

    /// <summary>Whether the user has a second factor or a passkey that was added at a time or later.</summary>
    public static ValueTask<bool> HasFactorSinceAsync(
        this DatabaseSession session,
        long userId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<bool>(
            """
            select exists (select 1 from totp_secrets where user_id = @UserId and expires_at is null and created_at >= @Since)
                or exists (select 1 from passkeys where user_id = @UserId and created_at >= @Since)
            """,
            new { UserId = userId, Since = since },
            cancellationToken
        );
}
