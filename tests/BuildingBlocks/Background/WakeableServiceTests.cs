using System.Diagnostics;
using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Tests.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Background;

public sealed class WakeableServiceTests : IDisposable
{
    private const int TimeLimit = 30_000;

    // Longer than any test.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly TracedLog _log = new();
    private readonly Wakeup _wakeup = new();

    public void Dispose()
    {
        _wakeup.Dispose();
        _log.Dispose();
    }

    [Fact(Timeout = TimeLimit)]
    public async Task It_works_until_nothing_is_left_and_waits_until_it_is_woken()
    {
        var runs = 0;
        using var service = new Service(_wakeup, Never, _log, _ => Task.FromResult(++runs is 1 or 2));
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.WaitsAsync();
        Assert.Equal(3, runs);

        _wakeup.Wake();
        await service.WaitsAsync();
        Assert.Equal(4, runs);
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Unless_woken_it_looks_for_work_at_an_interval()
    {
        using var service = new Service(_wakeup, TimeSpan.FromMilliseconds(1), _log, _ => Task.FromResult(false));
        await service.StartAsync(TestContext.Current.CancellationToken);
        for (var wait = 0; wait < 3; wait++)
            await service.WaitsAsync();
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task During_an_outage_it_tries_again_after_a_pause_that_waking_does_not_shorten()
    {
        var runs = 0;
        using var service = new Service(
            _wakeup,
            Never,
            _log,
            _ =>
            {
                _wakeup.Wake();
                return ++runs == 1 ? throw new SqliteException("The disk is full", raw.SQLITE_FULL) : Task.FromResult(false);
            }
        );
        var began = Stopwatch.GetTimestamp();
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.WaitsAsync();
        Assert.True(Stopwatch.GetElapsedTime(began) > TimeSpan.FromMilliseconds(900));
        Assert.Equal(
            ["Counting cannot continue (The disk is full); trying again until it can", "Counting can continue"],
            _log.Lines.Select(line => line.Text)
        );
        await service.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Stopping_the_host_ends_a_run()
    {
        var began = new TaskCompletionSource();
        using var service = new Service(
            _wakeup,
            Never,
            _log,
            async token =>
            {
                began.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
                return true;
            }
        );
        await service.StartAsync(TestContext.Current.CancellationToken);
        await began.Task.WaitAsync(TestContext.Current.CancellationToken);
        await EndsQuietlyAsync(service);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Stopping_the_host_ends_a_wait()
    {
        using var service = new Service(_wakeup, Never, _log, _ => Task.FromResult(false));
        await service.StartAsync(TestContext.Current.CancellationToken);
        await service.WaitsAsync();
        await EndsQuietlyAsync(service);
    }

    private async Task EndsQuietlyAsync(Service service)
    {
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Empty(_log.Lines);
    }

    private sealed class Service(Wakeup wakeup, TimeSpan pollInterval, TracedLog log, Func<CancellationToken, Task<bool>> work)
        : WakeableService(wakeup, pollInterval, new Outage("Counting", log))
    {
        private readonly SemaphoreSlim _waits = new(0);

        public Task WaitsAsync() => _waits.WaitAsync(TestContext.Current.CancellationToken);

        public override void Dispose()
        {
            _waits.Dispose();
            base.Dispose();
        }

        protected override Task<bool> RunOnceAsync(CancellationToken cancellationToken) => work(cancellationToken);

        protected override Task WaitForWorkAsync(CancellationToken cancellationToken)
        {
            _waits.Release();
            return base.WaitForWorkAsync(cancellationToken);
        }
    }
}
