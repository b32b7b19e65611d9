using Microsoft.Extensions.Hosting;

namespace Kumiko.BuildingBlocks.Background;

/// <summary>Runs something at a fixed interval until the host stops. One run never overlaps the next.</summary>
/// <param name="interval">The time from the start of one run to the start of the next.</param>
/// <param name="clock">The clock that it is measured by.</param>
/// <param name="startsAtOnce">Whether the first run is at the start of the process instead of one interval later.</param>
public abstract class PeriodicService(TimeSpan interval, TimeProvider clock, bool startsAtOnce = false) : BackgroundService
{
    /// <summary>Runs something at a fixed interval until it is cancelled, for a service that repeats several things at once.</summary>
    internal static async Task RepeatAsync(
        Func<CancellationToken, Task> run,
        TimeSpan interval,
        TimeProvider clock,
        bool startsAtOnce,
        CancellationToken cancellationToken
    )
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            if (startsAtOnce)
                await run(cancellationToken);
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await run(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <inheritdoc />
    protected sealed override Task ExecuteAsync(CancellationToken stoppingToken) =>
        RepeatAsync(RunOnceAsync, interval, clock, startsAtOnce, stoppingToken);

    /// <summary>One run. A failure that it does not handle ends the process, as that of any background service.</summary>
    /// <param name="cancellationToken">The host stops.</param>
    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);
}
