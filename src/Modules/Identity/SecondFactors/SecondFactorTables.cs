namespace Kumiko.Identity.SecondFactors;

/// <summary>The tables <c>totp_secrets</c> and <c>recovery_codes</c>.</summary>
internal static class SecondFactorTables
{
    /// <summary>The columns of a <see cref="TotpRow"/>.</summary>
    public const string TotpColumns = "user_id, sealed_secret, last_step, created_at, expires_at";

    /// <summary>The secret that makes a user's codes; null if the second factor is off.</summary>
    public static ValueTask<TotpRow?> ReadTotpAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<TotpRow>(
            "select " + TotpColumns + " from totp_secrets where user_id = @UserId and expires_at is null",
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>Accepts the code of a step, once: of any number of concurrent requests with the code, one gets true.</summary>
    public static async ValueTask<bool> SpendStepAsync(
        this UnitOfWork work,
        TotpRow totp,
        long step,
        CancellationToken cancellationToken
    ) =>
        // The row is compared by its time and not by the sealed secret, because 'secrets rotate' encrypts that again.
        await work.ExecuteAsync(
            """
            update totp_secrets set last_step = @Step
            where user_id = @UserId and created_at = @CreatedAt and expires_at is null and last_step < @Step
            """,
            new
            {
                totp.UserId,
                totp.CreatedAt,
                Step = step,
            },
            cancellationToken
        ) == 1;

    /// <summary>Spends a recovery code: of any number of concurrent requests with the code, one gets true.</summary>
    public static async ValueTask<bool> SpendRecoveryCodeAsync(
        this UnitOfWork work,
        long userId,
        byte[] codeHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from recovery_codes where user_id = @UserId and code_hash = @CodeHash",
            new { UserId = userId, CodeHash = codeHash },
            cancellationToken
        ) == 1;

    /// <summary>How many recovery codes a user has left.</summary>
    public static ValueTask<long> CountRecoveryCodesAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<long>(
            "select count(*) from recovery_codes where user_id = @UserId",
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>Replaces a user's recovery codes.</summary>
    public static async ValueTask ReplaceRecoveryCodesAsync(
        this UnitOfWork work,
        long userId,
        IEnumerable<string> codes,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await work.DeleteRecoveryCodesAsync(userId, cancellationToken);
        await work.ExecuteAsync(
            "insert into recovery_codes (user_id, code_hash, created_at) values (@UserId, @CodeHash, @CreatedAt)",
            codes
                .Select(code => new
                {
                    UserId = userId,
                    CodeHash = RecoveryCode.FindHash(code),
                    CreatedAt = now,
                })
                .ToArray(),
            cancellationToken
        );
    }

    /// <summary>Deletes the secret that makes a user's codes.</summary>
    public static async ValueTask DeleteTotpAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from totp_secrets where user_id = @UserId", new { UserId = userId }, cancellationToken);

    /// <summary>Deletes a user's recovery codes.</summary>
    public static async ValueTask DeleteRecoveryCodesAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from recovery_codes where user_id = @UserId", new { UserId = userId }, cancellationToken);

    /// <summary>Turns the second factor off if it was turned on at a time or later.</summary>
    public static async ValueTask<bool> DeleteTotpFromAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from totp_secrets where user_id = @UserId and expires_at is null and created_at >= @Since",
            new { UserId = userId, Since = since },
            cancellationToken
        ) == 1;

    /// <summary>Deletes a user's recovery codes if they were made at a time or later.</summary>
    public static async ValueTask<bool> DeleteRecoveryCodesFromAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from recovery_codes where user_id = @UserId and created_at >= @Since",
            new { UserId = userId, Since = since },
            cancellationToken
        ) > 0;
}
