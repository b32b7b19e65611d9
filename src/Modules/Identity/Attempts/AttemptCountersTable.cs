namespace Kumiko.Identity.Attempts;

/// <summary>The table <c>attempt_counters</c>.</summary>
internal static class AttemptCountersTable
{
    public static ValueTask<List<AttemptRow>> ReadAttemptsAsync(
        this DatabaseSession session,
        IReadOnlyList<Attempt> attempts,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<AttemptRow>(
            "select bucket, attempts, since, open_at, expires_at, version from attempt_counters where bucket in @Buckets",
            new { Buckets = attempts.Select(attempt => attempt.Bucket).ToArray() },
            cancellationToken
        );

    public static async ValueTask<bool> WriteAttemptAsync(
        this UnitOfWork work,
        AttemptRow row,
        bool isNew,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            isNew
                ? work.Sql(
                    sqlite: """
                    insert or ignore into attempt_counters (bucket, attempts, since, open_at, expires_at, version)
                    values (@Bucket, @Attempts, @Since, @OpenAt, @ExpiresAt, @Version)
                    """,
                    mySql: """
                    insert ignore into attempt_counters (bucket, attempts, since, open_at, expires_at, version)
                    values (@Bucket, @Attempts, @Since, @OpenAt, @ExpiresAt, @Version)
                    """
                )
                : """
                update attempt_counters
                set attempts = @Attempts, since = @Since, open_at = @OpenAt, expires_at = @ExpiresAt, version = @Version
                where bucket = @Bucket and version = @Version - 1
                """,
            row,
            cancellationToken
        ) == 1;

    public static async ValueTask RefundAttemptsAsync(
        this UnitOfWork work,
        IReadOnlyList<Attempt> attempts,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update attempt_counters set attempts = attempts - 1, open_at = @Now, version = version + 1 where bucket in @Buckets "
                + "and attempts > 0",
            new { Now = now, Buckets = attempts.Select(attempt => attempt.Bucket).ToArray() },
            cancellationToken
        );
}
