using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Retention;

public sealed class RetentionJobTests
{
    // More than one batch of a thousand.
    private const int Many = 1_200;

    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Providers))]
    public async Task Only_rows_past_their_retention_are_deleted(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database, clock);
        await using (var work = await process.Database.BeginAsync(Cancellation))
        {
            for (var number = 0; number < Many; number++)
                await AddSentAsync(work, $"old {number}", clock.Now().AddDays(-7).AddMinutes(-1));
            await AddSentAsync(work, "young", clock.Now().AddDays(-6));
            await AddSentAsync(work, "waits", null);
            await AddReceivedAsync(work, "old", clock.Now().AddDays(-30).AddMinutes(-1));
            await AddReceivedAsync(work, "young", clock.Now().AddDays(-29));
            await AddAnswerAsync(work, "old", clock.Now().AddHours(-24).AddMinutes(-1));
            await AddAnswerAsync(work, "young", clock.Now());
            await work.CommitAsync();
        }

        await process.StartAsync();
        while ((await LeftAsync(process)).Count > 4)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["answer young", "received young", "sent waits", "sent young"], await LeftAsync(process));
    }

    private static ValueTask<int> AddSentAsync(UnitOfWork work, string id, DateTimeOffset? at) =>
        work.ExecuteAsync(
            """
            insert into outbox (event_id, name, body, created_at, attempts, next_attempt_at, delivered_at, delivered_by)
            values (@Id, 'ledger.paid', '{}', @Now, 0, @Later, @At, case when @At is null then null else 'process' end)
            """,
            new
            {
                Id = id,
                Now = DateTimeOffset.UnixEpoch,
                Later = DateTimeOffset.UnixEpoch.AddYears(100),
                At = at,
            },
            Cancellation
        );

    private static ValueTask<int> AddReceivedAsync(UnitOfWork work, string id, DateTimeOffset at) =>
        work.ExecuteAsync(
            "insert into inbox (event_id, handler, received_at) values (@Id, 'handler', @At)",
            new { Id = id, At = at },
            Cancellation
        );

    private static ValueTask<int> AddAnswerAsync(UnitOfWork work, string id, DateTimeOffset at) =>
        work.ExecuteAsync(
            "insert into idempotency_keys (user_id, operation, idempotency_key, request_hash, answer, created_at) "
                + "values (1, 'pay', @Id, @Hash, null, @At)",
            new
            {
                Id = id,
                Hash = new byte[32],
                At = at,
            },
            Cancellation
        );

    private static async Task<IReadOnlyList<string>> LeftAsync(LedgerProcess process)
    {
        await using var session = await process.Database.OpenAsync(Cancellation);
        const string AsText =
            "select 'sent' what, event_id id from outbox union all select 'received', event_id "
            + "from inbox union all select 'answer', idempotency_key from idempotency_keys";
        return await session.ReadAllAsync<string>(
            session.Sql(
                sqlite: $"select what || ' ' || id from ({AsText}) l order by 1",
                mySql: $"select concat(what, ' ', id) from ({AsText}) l order by 1"
            ),
            null,
            Cancellation
        );
    }
}
