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
}
