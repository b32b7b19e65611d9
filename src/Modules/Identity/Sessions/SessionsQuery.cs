using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;

namespace Kumiko.Identity.Sessions;

internal static class SessionsQuery
{
    /// <summary>The session of the access token; null if it has ended.</summary>
    public static ValueTask<SessionRow?> ReadOwnSessionAsync(
        this DatabaseSession session,
        CurrentUser user,
        DateTimeOffset now,
        CancellationToken cancellation
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
            cancellation
        );

    /// <summary>Every session of a user, those that have expired too.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadSessionIdsAsync(
        this UnitOfWork work,
        long userId,
        CancellationToken cancellation
    ) =>
        await work.ReadAllAsync<long>("select id from sessions where user_id = @UserId order by id", new { UserId = userId }, cancellation);

    /// <summary>The sessions of a user beyond those that were used last.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadLongestUnusedAsync(
        this UnitOfWork work,
        long userId,
        int keep,
        CancellationToken cancellation
    ) =>
        await work.ReadAllAsync<long>(
            "select id from sessions where user_id = @UserId order by last_used_at desc, id desc limit 1000 offset @Keep",
            new { UserId = userId, Keep = keep },
            cancellation
        );

    public static ValueTask<long> InsertSessionAsync(this UnitOfWork work, SessionRow session, CancellationToken cancellation) =>
        work.InsertAsync(
            """
            insert into sessions (user_id, device, address, created_at, last_used_at, expires_at)
            values (@UserId, @Device, @Address, @CreatedAt, @LastUsedAt, @ExpiresAt)
            """,
            session,
            cancellation
        );

    public static async ValueTask InsertTokenAsync(
        this UnitOfWork work,
        long sessionId,
        byte[] tokenHash,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        await work.ExecuteAsync(
            "insert into refresh_tokens (token_hash, session_id, created_at) values (@TokenHash, @SessionId, @Now)",
            new
            {
                TokenHash = tokenHash,
                SessionId = sessionId,
                Now = now,
            },
            cancellation
        );
}
