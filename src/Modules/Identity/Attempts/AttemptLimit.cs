namespace Kumiko.Identity.Attempts;

/// <summary>
/// How often something may be tried. Counted in the database, so that the limit applies to all instances and survives restarts.
/// </summary>
/// <param name="Name">The name in the <c>RateLimit</c> fields and the metrics.</param>
/// <param name="Max">The number of attempts allowed within the window.</param>
/// <param name="Window">The length of the window, which starts at its first attempt.</param>
/// <param name="Refusal">The text for a caller who has tried too often.</param>
internal sealed record AttemptLimit(string Name, int Max, TimeSpan Window, string Refusal)
{
    /// <summary>
    /// The pause before the next attempt once the quota is used up; each further attempt doubles it. Null: no more attempts until the
    /// window ends.
    /// </summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromHours(1);
}
