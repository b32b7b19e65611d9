using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.RefreshTokens;

internal static class RefreshTokensQuery
{
    public static ValueTask<SessionRow?> FindSessionAsync(
        this DatabaseSession session,
        byte[] tokenHash,
        DateTimeOffset oldest,
        DateTimeOffset oldestShort,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<SessionRow>(
            "select s.id, s.user_id, s.remembered, s.created_at, "
                + SessionsTable.AuthenticationColumns
                + " from refresh_tokens t join sessions s on s.id = t.session_id "
                + "where t.token_hash = @TokenHash and t.created_at > case when s.remembered then @Oldest else @OldestShort end",
            new
            {
                TokenHash = tokenHash,
                Oldest = oldest,
                OldestShort = oldestShort,
            },
            cancellationToken
        );

    public static async ValueTask<bool> TouchSessionAsync(
        this UnitOfWork work,
        long id,
        DateTimeOffset now,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update sessions as s set last_used_at = @Now, expires_at = @ExpiresAt where s.id = @Id and " + SessionsTable.IsAlive,
            new
            {
                Id = id,
                Now = now,
                ExpiresAt = expiresAt,
            },
            cancellationToken
        ) == 1;

    public static async ValueTask<bool> SpendTokenAsync(
        this UnitOfWork work,
        byte[] tokenHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update refresh_tokens set spent_at = @Now where token_hash = @TokenHash and spent_at is null",
            new { TokenHash = tokenHash, Now = now },
            cancellationToken
        ) == 1;

    public static ValueTask<DateTimeOffset?> ReadSpentAtAsync(
        this UnitOfWork work,
        byte[] tokenHash,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<DateTimeOffset?>(
            "select spent_at from refresh_tokens where token_hash = @TokenHash",
            new { TokenHash = tokenHash },
            cancellationToken
        );

    public static async ValueTask<bool> IsUnspentAsync(this UnitOfWork work, byte[] tokenHash, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<long>(
            "select count(*) from refresh_tokens where token_hash = @TokenHash and spent_at is null",
            new { TokenHash = tokenHash },
            cancellationToken
        ) == 1;
}
