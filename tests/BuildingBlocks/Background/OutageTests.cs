using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Background;

public sealed class OutageTests : IDisposable
{
    private readonly TracedLog _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task An_outage_is_logged_once_and_its_end_once()
    {
        var outage = new Outage("Counting", _log);
        var away = new SqliteException("The disk is full", raw.SQLITE_FULL);

        Assert.True(await outage.TryAsync(_ => Task.CompletedTask, Cancellation));
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.False(await outage.TryAsync(_ => throw away, Cancellation));
        for (var attempt = 0; attempt < 3; attempt++)
            Assert.True(await outage.TryAsync(_ => Task.CompletedTask, Cancellation));

        Assert.Equal(
            ["Counting cannot continue (The disk is full); trying again until it can", "Counting can continue"],
            _log.Lines.Select(line => line.Text)
        );
    }

    [Fact]
    public async Task Other_failures_are_logged_each_time_and_end_nothing()
    {
        var outage = new Outage("Counting", _log);

        Assert.False(await outage.TryAsync(_ => throw new InvalidOperationException(), Cancellation));
        // A cancellation that doesn't come from the host, such as a request that timed out.
        Assert.False(await outage.TryAsync(_ => throw new OperationCanceledException(), Cancellation));

        Assert.Equal(["Counting failed; trying again", "Counting failed; trying again"], _log.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task A_failure_because_the_host_stops_is_not_logged()
    {
        var outage = new Outage("Counting", _log);
        using var stopping = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            outage.TryAsync(
                async _ =>
                {
                    await stopping.CancelAsync();
                    throw new SqliteException("Interrupted", raw.SQLITE_INTERRUPT);
                },
                stopping.Token
            )
        );

        Assert.Empty(_log.Lines);
    }
}
