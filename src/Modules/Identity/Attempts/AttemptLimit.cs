namespace Kumiko.Identity.Attempts;

/// <summary>How often something may be tried, counted in the database so that it holds over all instances and restarts.</summary>
/// <param name="Name">What it is called in the <c>RateLimit</c> fields and the metrics.</param>
/// <param name="Max">How often within the window.</param>
/// <param name="Window">How long the window is, from its first attempt.</param>
/// <param name="Refusal">What a caller reads who has tried too often.</param>
internal sealed record AttemptLimit(string Name, int Max, TimeSpan Window, string Refusal)
{
    /// <summary>
    /// The pause before the next attempt once the quota is used up; each further attempt doubles it. Null: nothing more until the window is
    /// over.
    /// </summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromHours(1);
}
