using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Keys;

/// <summary>
/// Reads the signing keys every two seconds, so that a withdrawn key is refused at once, and renews them when due. While the database is
/// unreachable, the keys in memory stay in use: a key signs for weeks and is renewed an hour ahead.
/// </summary>
internal sealed class SigningKeyRenewal(SigningKeyRing keys, TimeProvider clock, ILogger<SigningKeyRenewal> logger)
    : PeriodicService(Interval, clock)
{
    /// <summary>How often the keys are read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Outage _outage = new("Reading the signing keys", logger, passes: _ => true);

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => _outage.TryAsync(keys.RenewAsync, cancellationToken);
}
