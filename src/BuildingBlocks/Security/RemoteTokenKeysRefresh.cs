using Microsoft.Extensions.Hosting;

namespace Kumiko.BuildingBlocks.Security;

/// <summary>Keeps the key set up to date. The start doesn't wait for it, since Identity may start later.</summary>
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
            // The host is stopping.
        }
    }
}
