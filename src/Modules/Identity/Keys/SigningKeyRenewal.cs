using Kumiko.BuildingBlocks.Modules;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Keys;

/// <summary>Has the keys ready before the first request, and looks after them every minute.</summary>
internal sealed class SigningKeyRenewal(SigningKeyRing keys, TimeProvider clock, ILogger<SigningKeyRenewal> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <exception cref="InvalidSettingException">The keys were sealed under another secret key.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.RenewAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

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

    private async Task RenewAsync(CancellationToken cancellation)
    {
        try
        {
            await keys.RenewAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The keys in memory serve on; a key signs for weeks and is renewed an hour ahead.
            logger.LogWarning("The signing keys were not renewed ({Reason}); trying again in a minute", e.Message);
        }
    }
}
