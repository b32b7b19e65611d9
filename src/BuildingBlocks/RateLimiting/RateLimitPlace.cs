using System.Threading.RateLimiting;
using Kumiko.BuildingBlocks.Failures;

namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>What a limit granted to a caller. If the limit is on concurrent requests, disposing this returns the place.</summary>
/// <param name="lease">The limiter's lease.</param>
/// <param name="state">What remains of the quota.</param>
public sealed class RateLimitPlace(RateLimitLease lease, RateLimitState state) : IDisposable
{
    /// <summary>What remains of the quota.</summary>
    public RateLimitState State => state;

    /// <inheritdoc />
    public void Dispose() => lease.Dispose();
}
