namespace Kumiko.BuildingBlocks.Security;

/// <summary>
/// Lets through one event of each kind per minute, and only a limited number of kinds, so that a flood fills neither the log
/// nor the memory.
/// </summary>
internal sealed class SecuritySample(TimeProvider clock)
{
    private const int MaxKinds = 100;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly HashSet<(string, string?, string?)> _seen = [];
    private long _since = clock.GetTimestamp();
    private long _skipped;

    /// <summary>Whether this event is let through.</summary>
    /// <param name="kind">Outcome, client and reason.</param>
    /// <param name="skipped">How many events were left out since the last one that was let through.</param>
    public bool LetsThrough((string Outcome, string? Client, string? Reason) kind, out long skipped)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_since) >= Window)
            {
                _seen.Clear();
                _since = clock.GetTimestamp();
            }

            if (_seen.Count < MaxKinds && _seen.Add(kind))
            {
                (skipped, _skipped) = (_skipped, 0);
                return true;
            }

            _skipped++;
            skipped = 0;
            return false;
        }
    }
}
