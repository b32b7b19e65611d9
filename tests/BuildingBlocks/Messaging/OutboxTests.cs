using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Messaging;

public sealed class OutboxTests
{
    private const int TimeLimit = 60_000;

    public static TheoryData<DatabaseProvider> Providers => [.. TestDatabase.Providers];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task A_committed_event_takes_effect_and_a_rolled_back_one_does_not(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var process = new LedgerProcess(database);
        await process.PayAsync("rent");
        await process.PayAsync("nothing", commit: false);
        await process.StartAsync();

        await process.UntilWaitingAsync(0);

        Assert.Equal(["rent"], await process.EntriesAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task Several_processes_share_the_events_and_each_takes_effect_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var first = new LedgerProcess(database);
        await using var second = new LedgerProcess(database);
        for (var i = 0; i < 120; i++)
            await first.PayAsync($"{i:000}");

        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        await first.UntilWaitingAsync(0);

        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"{i:000}"), await first.EntriesAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task An_event_that_cannot_take_effect_holds_up_no_other_and_is_tried_again(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var process = new LedgerProcess(database);
        await process.PayAsync("poison");
        await process.PayAsync("rent");
        await process.StartAsync();

        await process.UntilWaitingAsync(1);
        Assert.Equal(["rent"], await process.EntriesAsync());

        process.Handler.IsPoisoned = false;
        await process.UntilWaitingAsync(0);
        Assert.Equal(["poison", "rent"], await process.EntriesAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task An_event_that_comes_again_takes_effect_once(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var process = new LedgerProcess(database);
        await process.StartAsync();
        await using (var work = await process.Database.BeginAsync(TestContext.Current.CancellationToken))
        {
            await process.Outbox.AddAsync(work, new Paid("rent"), TestContext.Current.CancellationToken);
            // As if the process had died between the effect and the removal of the row.
            await work.ExecuteAsync(
                """
                insert into outbox (event_id, name, body, trace_parent, created_at, attempts, next_attempt_at)
                select event_id, name, body, trace_parent, created_at, attempts, next_attempt_at from outbox
                """,
                null,
                TestContext.Current.CancellationToken);
            await work.CommitAsync();
        }

        await process.UntilWaitingAsync(0);

        Assert.Equal(["rent"], await process.EntriesAsync());
    }
}
