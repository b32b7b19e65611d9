using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Hosting;

namespace Kumiko.BuildingBlocks.Background;

/// <summary>
/// Does work as soon as it is woken, and looks for work at an interval, since a process is not woken by what others write. A failure never
/// ends it.
/// </summary>
/// <param name="wakeup">Ends the wait for work.</param>
/// <param name="pollInterval">How long that wait lasts otherwise.</param>
/// <param name="outage">Logs what interrupts the work.</param>
public abstract class WakeableService(Wakeup wakeup, TimeSpan pollInterval, Outage outage) : BackgroundService
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ends the wait for work.</summary>
    protected Wakeup Wakeup => wakeup;

    /// <summary>The pause while there is more work.</summary>
    protected virtual TimeSpan PauseBetweenRuns => TimeSpan.Zero;

    /// <summary>Does some work.</summary>
    /// <returns>Whether there may be more.</returns>
    protected abstract Task<bool> RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Waits for work after a run that has left none.</summary>
    protected virtual Task WaitForWorkAsync(CancellationToken cancellationToken) => wakeup.WaitAsync(pollInterval, cancellationToken);

    /// <summary>Waits after a run that failed.</summary>
    protected virtual Task WaitToRetryAsync(CancellationToken cancellationToken) => Task.Delay(RetryInterval, cancellationToken);

    /// <inheritdoc />
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var mayBeMore = false;
                if (!await outage.TryAsync(async token => mayBeMore = await RunOnceAsync(token), stoppingToken))
                    await WaitToRetryAsync(stoppingToken);
                else if (mayBeMore)
                    await Task.Delay(PauseBetweenRuns, stoppingToken);
                else
                    await WaitForWorkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping. Work that is left waits for the next start, or for another process.
        }
    }
}
