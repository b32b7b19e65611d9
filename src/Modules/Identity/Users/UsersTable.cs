namespace Kumiko.Identity.Users;

/// <summary>The <c>users</c> table. Queries that use <see cref="Columns"/> call it <c>u</c>.</summary>
internal static class UsersTable
{
    /// <summary>The columns of a <see cref="UserRow"/>.</summary>
    public const string Columns =
        "u.id, u.email, u.username, u.email_verified, u.role, u.version, u.created_at, u.updated_at, " + SecondFactor;

    /// <summary>Whether the user's second factor is on.</summary>
    public const string SecondFactor =
        "exists (select 1 from totp_secrets f where f.user_id = u.id and f.expires_at is null) as second_factor";

    /// <summary>A user whose row exists.</summary>
    public static async ValueTask<UserRow> ReadUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        (await work.ReadFirstAsync<UserRow>("select " + Columns + " from users u where u.id = @Id", new { Id = id }, cancellationToken))!;

    /// <summary>The account with an e-mail address; null if there is none.</summary>
    public static ValueTask<long?> FindIdByEmailAsync(this DatabaseSession session, string emailKey, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey", new { EmailKey = emailKey }, cancellationToken);

    /// <summary>Whether another account has the user's e-mail address, and whether one has the name or a name that looks like it.</summary>
    public static async ValueTask<(bool Email, bool Username)> ReadTakenAsync(
        this UnitOfWork work,
        UserRow user,
        CancellationToken cancellationToken
    ) =>
        (
            await work.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey and id <> @Id", user, cancellationToken)
                is not null,
            await work.ReadFirstAsync<long?>(
                "select id from users where (username_key = @UsernameKey or username_skeleton = @UsernameSkeleton) and id <> @Id",
                user,
                cancellationToken
            )
                is not null
        );
}
