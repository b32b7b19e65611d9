using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Keys;

/// <summary>Checks the signing keys every minute and renews them when due.</summary>
internal sealed class SigningKeyRenewal(SigningKeyRing keys, TimeProvider clock, ILogger<SigningKeyRenewal> logger)
    : PeriodicService(Interval, clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await keys.RenewAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The keys in memory stay in use: a key signs for weeks and is renewed an hour ahead.
            logger.LogWarning("The signing keys were not renewed ({Reason}); trying again in a minute", e.Message);
        }
    }
}
