using System.Collections.Concurrent;
using System.Diagnostics;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Messaging;

public sealed class OutboxTests
{
    private const int TimeLimit = 60_000;

    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

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
    public async Task Several_processes_share_the_events_and_each_event_takes_effect_once(DatabaseProvider provider)
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
    public async Task A_failing_event_does_not_delay_others_and_is_retried(DatabaseProvider provider)
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
    public async Task An_event_continues_the_trace_of_its_request(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var process = new LedgerProcess(database);
        ActivityTraceId trace;
        using (var request = new Activity("request").Start())
        {
            trace = request.TraceId;
            await process.PayAsync("poison");
        }

        await process.StartAsync();
        while (!process.Log.Lines.Any(IsFailure))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        process.Handler.IsPoisoned = false;
        await process.UntilWaitingAsync(0);

        Assert.Equal(trace, process.Handler.Trace);
        // On a slow machine it has failed more than once by now.
        Assert.All(process.Log.Lines.Where(IsFailure), line => Assert.Equal(trace, line.Trace));
        Assert.Equal(trace, Assert.Single(process.Log.Lines, line => line.Text.Contains("took effect", StringComparison.Ordinal)).Trace);

        static bool IsFailure((string Text, ActivityTraceId? Trace, Exception? Exception) line) =>
            line.Text.Contains("was not delivered", StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task An_event_that_fails_too_often_is_parked_and_can_be_replayed(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        await using var process = new LedgerProcess(database, clock);
        await process.PayAsync("poison");
        await process.StartAsync();
        // The pauses between the attempts take minutes on this clock.
        while ((await process.Parked.ListAsync(TestContext.Current.CancellationToken)).Count == 0)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await process.PayAsync("rent");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var parked = Assert.Single(await process.Parked.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(("ledger", "ledger.paid", """{"what":"poison"}""", 8), (parked.Module, parked.Name, parked.Body, parked.Attempts));
        Assert.Contains("This one is not to be had.", parked.Error, StringComparison.Ordinal);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            process.Parked.ReplayAsync(parked, TestContext.Current.CancellationToken)
        );
        Assert.Single(await process.Parked.ListAsync(TestContext.Current.CancellationToken));

        process.Handler.IsPoisoned = false;
        await process.Parked.ReplayAsync(parked, TestContext.Current.CancellationToken);
        Assert.Empty(await process.Parked.ListAsync(TestContext.Current.CancellationToken));
        Assert.Single(await process.EntriesAsync(), "poison");
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task Events_wait_for_an_unavailable_transport_and_are_then_sent(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        var road = new Road { IsClosed = true };
        await using var process = new LedgerProcess(database, transport: road);
        await process.PayAsync("rent");
        await process.StartAsync();
        while (road.Refused < 3)
        {
            await process.PayAsync("more");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        road.IsClosed = false;
        await process.UntilWaitingAsync(0);

        Assert.Contains(road.Sent, envelope => envelope.Body.Contains("rent", StringComparison.Ordinal));
        Assert.All(road.Attempts, attempt => Assert.Equal(1, attempt));
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task Events_are_sent_together_unless_they_are_too_many_or_too_long(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        var road = new Road { MaxEvents = 4 };
        await using var process = new LedgerProcess(database, transport: road);
        for (var i = 0; i < 6; i++)
            await process.PayAsync($"{i}");
        await process.PayAsync(new string('x', 100_000));
        await process.StartAsync();

        await process.UntilWaitingAsync(0);

        Assert.Equal([1, 2, 4], road.Counts.Order());
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task Events_claimed_by_a_stopping_process_are_sent_by_another_immediately(DatabaseProvider provider)
    {
        // The clock stands still, so claims never expire.
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        var stuck = new Road { IsStuck = true };
        await using (var stopping = new LedgerProcess(database, clock, stuck))
        {
            for (var i = 0; i < 20; i++)
                await stopping.PayAsync($"{i:00}");
            await stopping.StartAsync();
            while (stuck.Refused < stuck.Concurrency)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        var road = new Road();
        await using var other = new LedgerProcess(database, clock, road);
        await other.StartAsync();
        await other.UntilWaitingAsync(0);

        Assert.Equal(20, road.Sent.Count);
        Assert.All(road.Attempts, attempt => Assert.Equal(1, attempt));
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task Events_are_sent_again_when_the_broker_is_replaced_or_removed(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, TestContext.Current.CancellationToken);
        foreach (var name in (string[])["first", "first", "second"])
        {
            var road = new Road { Name = name };
            await using var apart = new LedgerProcess(database, transport: road);
            if (await apart.WaitingAsync() == 0 && name == "first")
                await apart.PayAsync("rent");
            await apart.StartAsync();
            // A start with the same broker sends nothing again; the new event is there only to wait for.
            await apart.PayAsync("news");
            await apart.UntilWaitingAsync(0);
            Assert.Equal(name == "second", road.Sent.Count > 2);
        }

        await using (var joined = new LedgerProcess(database))
        {
            await joined.StartAsync();
            while ((await joined.EntriesAsync()).Count < 5)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await using var again = new LedgerProcess(database, transport: new Road { Name = "third" });
        await again.StartAsync();
        await again.PayAsync("last");
        await again.UntilWaitingAsync(0);
        Assert.Equal(["news", "news", "news", "rent", "rent"], await again.EntriesAsync());
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Providers))]
    public async Task A_repeated_event_takes_effect_once(DatabaseProvider provider)
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
                TestContext.Current.CancellationToken
            );
            await work.CommitAsync();
        }

        await process.UntilWaitingAsync(0);

        Assert.Equal(["rent"], await process.EntriesAsync());
    }

    private sealed class Road : IEventTransport
    {
        private int _refused;

        public string Name { get; init; } = "road";
        public bool IsClosed { get; set; }
        public bool IsStuck { get; init; }
        public int Refused => _refused;
        public ConcurrentBag<Envelope> Sent { get; } = [];
        public ConcurrentBag<int> Attempts { get; } = [];
        public int Concurrency => 8;
        public int MaxEvents { get; init; } = 1;
        public ConcurrentBag<int> Counts { get; } = [];

        public ValueTask<string> RouteAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Name);

        public async Task SendAsync(IReadOnlyList<OutboxRow> events, CancellationToken cancellationToken)
        {
            if (IsStuck)
            {
                Interlocked.Increment(ref _refused);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (IsClosed)
            {
                Interlocked.Increment(ref _refused);
                throw new TransportUnavailableException("closed", new InvalidOperationException());
            }

            Counts.Add(events.Count);
            foreach (var row in events)
            {
                Sent.Add(row);
                Attempts.Add(row.Attempts + 1);
            }
        }
    }
}
