using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Sessions;

/// <summary>
/// The tables <c>sessions</c> and <c>refresh_tokens</c>. Queries that use <see cref="IsAlive"/> call the sessions <c>s</c>.
/// </summary>
internal static class SessionsTable
{
    /// <summary>The condition that a session is alive, at the time <c>@Now</c>. A sweep deletes the row later.</summary>
    public const string IsAlive = "s.expires_at > @Now";

    /// <summary>
    /// How and when the user proved who they are. Sessions of earlier versions do not say so: they began with a password.
    /// </summary>
    public const string AuthenticationColumns =
        "coalesce(s.auth_time, s.created_at) as auth_time, coalesce(s.amr, '" + AuthenticationMethods.Password + "') as amr";

    private const string IsOwn = "s.id = @SessionId and s.user_id = @Id and " + IsAlive;
    private const string OwnUser = " from sessions s join users u on u.id = s.user_id where " + IsOwn;

    /// <summary>The session of the access token; null if it has ended.</summary>
    public static ValueTask<SessionRow?> ReadOwnSessionAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<SessionRow>(
            "select s.id, s.user_id, s.device, s.address, s.remembered, s.created_at, s.last_used_at, s.expires_at, "
                + AuthenticationColumns
                + " from sessions s where "
                + IsOwn,
            Own(user, now),
            cancellationToken
        );

    /// <summary>The user of the access token; null if its session has ended.</summary>
    public static ValueTask<UserRow?> ReadOwnUserAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => session.ReadFirstAsync<UserRow>("select " + UsersTable.Columns + OwnUser, Own(user, now), cancellationToken);

    /// <summary>Does the same, and gives the connection back.</summary>
    public static async ValueTask<UserRow?> ReadOwnUserAsync(
        this IdentityDatabase database,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadOwnUserAsync(user, now, cancellationToken);
    }

    /// <summary>Does the same, and locks the user's row.</summary>
    public static async ValueTask<UserRow?> LockOwnUserAsync(
        this UnitOfWork work,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // The session in a statement of its own: what ends it holds the lock, and a join may have read it before the lock was free (MySQL).
        var locked = await work.LockUserAsync(user.Id, cancellationToken);
        return
            locked is not null
            && await work.ReadFirstAsync<long?>("select s.id from sessions s where " + IsOwn, Own(user, now), cancellationToken) is not null
            ? locked
            : null;
    }

    /// <summary>What a password check needs of the access token's user; null if its session has ended.</summary>
    public static ValueTask<AccountRow?> ReadOwnAccountAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<AccountRow>(
            "select u.id, u.email, u.username, u.email_key, u.password_hash, " + UsersTable.SecondFactor + OwnUser,
            Own(user, now),
            cancellationToken
        );

    /// <summary>Records that the user has proved again who they are; false if the session has ended.</summary>
    public static async ValueTask<bool> RenewAuthenticationAsync(
        this UnitOfWork work,
        CurrentUser user,
        Authentication authentication,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update sessions as s set auth_time = @Time, amr = @Methods where " + IsOwn,
            new
            {
                user.SessionId,
                user.Id,
                Now = now,
                authentication.Time,
                authentication.Methods,
            },
            cancellationToken
        ) == 1;

    /// <summary>The session of a refresh token, however old the token is and whether it was used or not.</summary>
    public static ValueTask<SessionRow?> ReadSessionOfTokenAsync(
        this DatabaseSession session,
        byte[] tokenHash,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<SessionRow>(
            "select s.id, s.user_id from refresh_tokens t join sessions s on s.id = t.session_id where t.token_hash = @TokenHash",
            new { TokenHash = tokenHash },
            cancellationToken
        );

    /// <summary>Every session of a user, including expired ones.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadSessionIdsAsync(
        this UnitOfWork work,
        long userId,
        CancellationToken cancellationToken
    ) =>
        await work.ReadAllAsync<long>(
            "select id from sessions where user_id = @UserId order by id",
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>Does the same, and keeps others from using or ending the sessions before the transaction ends.</summary>
    public static async ValueTask<IReadOnlyList<long>> LockSessionsAsync(
        this UnitOfWork work,
        long userId,
        CancellationToken cancellationToken
    ) =>
        await work.ReadAllAsync<long>(
            work.ForUpdate("select id from sessions where user_id = @UserId order by id"),
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>The user's least recently used sessions, beyond those to keep.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadLeastRecentlyUsedAsync(
        this UnitOfWork work,
        long userId,
        int keep,
        CancellationToken cancellationToken
    ) =>
        await work.ReadAllAsync<long>(
            "select id from sessions where user_id = @UserId order by last_used_at desc, id desc limit 1000 offset @Keep",
            new { UserId = userId, Keep = keep },
            cancellationToken
        );

    public static ValueTask<long> InsertSessionAsync(this UnitOfWork work, SessionRow session, CancellationToken cancellationToken) =>
        work.InsertAsync(
            """
            insert into sessions (user_id, device, address, remembered, created_at, last_used_at, expires_at, auth_time, amr)
            values (@UserId, @Device, @Address, @Remembered, @CreatedAt, @LastUsedAt, @ExpiresAt, @AuthTime, @Amr)
            """,
            session,
            cancellationToken
        );

    public static async ValueTask InsertTokenAsync(
        this UnitOfWork work,
        long sessionId,
        byte[] tokenHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "insert into refresh_tokens (token_hash, session_id, created_at) values (@TokenHash, @SessionId, @Now)",
            new
            {
                TokenHash = tokenHash,
                SessionId = sessionId,
                Now = now,
            },
            cancellationToken
        );

    private static object Own(CurrentUser user, DateTimeOffset now) =>
        new
        {
            user.SessionId,
            user.Id,
            Now = now,
        };
}
