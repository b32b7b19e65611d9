using Microsoft.Extensions.Hosting;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Keeps the key set fresh. The start does not wait for it: Identity may come up later.</summary>
internal sealed class RemoteTokenKeysRefresh(RemoteTokenKeys keys, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RemoteTokenKeys.RetryInterval, clock);
        try
        {
            do
            {
                await keys.RefreshAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
