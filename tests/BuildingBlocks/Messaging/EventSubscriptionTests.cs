using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Kumiko.TestDatabases;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Messaging;

public sealed class EventSubscriptionTests
{
    public static TheoryData<DatabaseProvider> Providers => TestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Events_take_effect_together(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database);

        Assert.True(await TryDeliverAsync(process, "rent", "food"));

        Assert.Equal(["food", "rent"], await process.EntriesAsync());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task None_of_several_events_takes_effect_if_one_fails(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database);

        await Assert.ThrowsAsync<InvalidOperationException>(() => TryDeliverAsync(process, "rent", "poison", "food"));
        Assert.Empty(await process.EntriesAsync());

        Assert.True(await TryDeliverAsync(process, "rent", "food"));
        Assert.Equal(["food", "rent"], await process.EntriesAsync());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task None_of_several_events_takes_effect_if_one_was_received_before(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(new LedgerModule(), provider, Cancellation);
        await using var process = new LedgerProcess(database);
        Assert.True(await TryDeliverAsync(process, "rent"));

        Assert.False(await TryDeliverAsync(process, "food", "rent"));

        Assert.Equal(["rent"], await process.EntriesAsync());
    }

    private static Task<bool> TryDeliverAsync(LedgerProcess process, params string[] events) =>
        EventSubscription.TryDeliverAsync([.. events.Select(what => (process.Subscription, Paid(what)))], Cancellation);

    private static Envelope Paid(string what) =>
        new()
        {
            EventId = what,
            Name = "ledger.paid",
            Body = $$"""{"what":"{{what}}"}""",
        };
}
