namespace Kumiko.Identity.Secrets;

/// <summary>The table <c>one_time_secrets</c>.</summary>
internal static class SecretsTable
{
    public static async ValueTask InsertSecretAsync(
        this UnitOfWork work,
        byte[] hash,
        SecretKind kind,
        SecretRow secret,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            insert into one_time_secrets (secret_hash, user_id, kind, email, expires_at)
            values (@Hash, @UserId, @Kind, @Email, @ExpiresAt)
            """,
            new
            {
                Hash = hash,
                secret.UserId,
                Kind = kind.Name,
                secret.Email,
                secret.ExpiresAt,
            },
            cancellationToken
        );

    public static ValueTask<SecretRow?> ReadSecretAsync(
        this DatabaseSession session,
        byte[] hash,
        SecretKind kind,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<SecretRow>(
            "select user_id, email, expires_at from one_time_secrets where secret_hash = @Hash and kind = @Kind and expires_at > @Now",
            new
            {
                Hash = hash,
                Kind = kind.Name,
                Now = now,
            },
            cancellationToken
        );

    /// <summary>The secret of some kinds that expires first, of those of a user that were sent to the same address as another.</summary>
    public static ValueTask<SecretRow?> ReadOldestSecretAsync(
        this UnitOfWork work,
        IEnumerable<SecretKind> kinds,
        SecretRow secret,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<SecretRow>(
            """
            select user_id, email, expires_at from one_time_secrets
            where user_id = @UserId and email = @Email and kind in @Kinds and expires_at > @Now
            order by expires_at limit 1
            """,
            new
            {
                secret.UserId,
                secret.Email,
                Kinds = kinds.Select(kind => kind.Name).ToArray(),
                Now = now,
            },
            cancellationToken
        );

    /// <summary>Deletes a secret. Of several that do so at once, one deletes the row.</summary>
    public static async ValueTask<bool> DeleteSecretAsync(this UnitOfWork work, byte[] hash, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from one_time_secrets where secret_hash = @Hash", new { Hash = hash }, cancellationToken) == 1;

    /// <summary>Deletes a user's secrets of a kind.</summary>
    public static async ValueTask DeleteSecretsAsync(
        this UnitOfWork work,
        SecretKind kind,
        long userId,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from one_time_secrets where user_id = @UserId and kind = @Kind",
            new { UserId = userId, Kind = kind.Name },
            cancellationToken
        );

    /// <summary>Deletes a user's secrets of a kind that expire at a time or later.</summary>
    public static async ValueTask DeleteSecretsFromAsync(
        this UnitOfWork work,
        SecretKind kind,
        long userId,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from one_time_secrets where user_id = @UserId and kind = @Kind and expires_at >= @ExpiresAt",
            new
            {
                UserId = userId,
                Kind = kind.Name,
                ExpiresAt = expiresAt,
            },
            cancellationToken
        );

    /// <summary>Deletes all secrets of a user whose account is deleted.</summary>
    public static async ValueTask DeleteSecretsAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from one_time_secrets where user_id = @UserId", new { UserId = userId }, cancellationToken);
}
