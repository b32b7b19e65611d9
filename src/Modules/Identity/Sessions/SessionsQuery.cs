namespace Kumiko.Identity.Sessions;

internal static class SessionsQuery
{
    /// <summary>The session of the access token; null if it has ended.</summary>
    public static ValueTask<SessionRow?> ReadOwnSessionAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<SessionRow>(
            """
            select id, user_id, device, address, created_at, last_used_at, expires_at
            from sessions where id = @SessionId and user_id = @Id and expires_at > @Now
            """,
            new
            {
                user.SessionId,
                user.Id,
                Now = now,
            },
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

    /// <summary>The user's least recently used sessions, beyond those to keep.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadLongestUnusedAsync(
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
            insert into sessions (user_id, device, address, created_at, last_used_at, expires_at)
            values (@UserId, @Device, @Address, @CreatedAt, @LastUsedAt, @ExpiresAt)
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
}
