using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Keys;

/// <summary>Looks after the signing keys every minute.</summary>
internal sealed class SigningKeyRenewal(SigningKeyRing keys, TimeProvider clock, ILogger<SigningKeyRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await RenewAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RenewAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The keys in memory serve on; a key signs for weeks and is renewed an hour ahead.
            logger.LogWarning("The signing keys were not renewed ({Reason}); trying again in a minute", e.Message);
        }
    }
}
