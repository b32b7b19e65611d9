namespace Kumiko.Identity.Mail;

/// <summary>The table <c>mails</c>: the mails that wait to be sent.</summary>
internal static class MailsTable
{
    private const string IsDue = "next_attempt_at <= @Now";

    public static async ValueTask InsertMailAsync(
        this UnitOfWork work,
        byte[] content,
        DateTimeOffset now,
        DateTimeOffset expiresAt,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            insert into mails (content, created_at, expires_at, attempts, next_attempt_at)
            values (@Content, @Now, @ExpiresAt, 0, @Now)
            """,
            new
            {
                Content = content,
                Now = now,
                ExpiresAt = expiresAt,
            },
            cancellationToken
        );

    /// <summary>Whether a mail waits that is due.</summary>
    public static ValueTask<bool> HasDueMailAsync(this DatabaseSession session, DateTimeOffset now, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<bool>("select exists (select 1 from mails where " + IsDue + ")", new { Now = now }, cancellationToken);

    /// <summary>Claims a mail that is due, until a time at which others may claim it too; null if there is none.</summary>
    public static async ValueTask<MailRow?> ClaimMailAsync(
        this UnitOfWork work,
        DateTimeOffset now,
        DateTimeOffset until,
        CancellationToken cancellationToken
    )
    {
        const string Due = "select id, content, attempts, expires_at from mails where " + IsDue + " order by next_attempt_at, id limit 1";
        var row = await work.ReadFirstAsync<MailRow>(
            work.Sql(sqlite: Due, mySql: Due + " for update skip locked"),
            new { Now = now },
            cancellationToken
        );
        if (row is not null)
            await work.ExecuteAsync(
                "update mails set attempts = attempts + 1, next_attempt_at = @Until where id = @Id",
                new { row.Id, Until = until },
                cancellationToken
            );
        return row;
    }

    /// <summary>Lets a mail wait until its next attempt.</summary>
    public static async ValueTask PostponeMailAsync(
        this DatabaseSession session,
        long id,
        int attempts,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await session.ExecuteAsync(
            "update mails set attempts = @Attempts, next_attempt_at = @Until where id = @Id",
            new
            {
                Id = id,
                Attempts = attempts,
                Until = until,
            },
            cancellationToken
        );

    public static async ValueTask DeleteMailAsync(this DatabaseSession session, long id, CancellationToken cancellationToken) =>
        await session.ExecuteAsync("delete from mails where id = @Id", new { Id = id }, cancellationToken);
}

/// <summary>A mail that its sender has claimed.</summary>
internal sealed record MailRow
{
    public long Id { get; init; }
    public byte[] Content { get; init; } = [];

    /// <summary>The number of attempts before this one.</summary>
    public int Attempts { get; init; }

    /// <summary>The time from which nobody needs the mail any more.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
