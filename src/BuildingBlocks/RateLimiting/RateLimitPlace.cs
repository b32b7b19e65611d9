using System.Threading.RateLimiting;
using Kumiko.BuildingBlocks.Failures;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>What a caller was given of a limit; disposing it gives a place back that is one of several at once.</summary>
/// <param name="lease">The lease of the limiter.</param>
/// <param name="state">What is left.</param>
public sealed class RateLimitPlace(RateLimitLease lease, RateLimitState state) : IDisposable
{
    /// <summary>What is left.</summary>
    public RateLimitState State => state;

    /// <inheritdoc />
    public void Dispose() => lease.Dispose();
}
