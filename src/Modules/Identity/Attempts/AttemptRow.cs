namespace Kumiko.Identity.Attempts;

/// <summary>A count of attempts.</summary>
internal sealed record AttemptRow
{
    /// <summary>A keyed hash of the counted subject, so that the table contains no addresses.</summary>
    public byte[] Bucket { get; init; } = [];

    /// <summary>The number of attempts.</summary>
    public int Attempts { get; init; }

    /// <summary>When the window began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The time from which the next attempt is allowed.</summary>
    public DateTimeOffset OpenAt { get; init; }

    /// <summary>The time at which the row is forgotten.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Grows with each change, so that of two concurrent changes the later one is detected.</summary>
    public long Version { get; init; }

    /// <summary>The time that the next attempt has to wait.</summary>
    public TimeSpan WaitAt(DateTimeOffset now) => ExpiresAt > now && OpenAt > now ? OpenAt - now : TimeSpan.Zero;

    /// <summary>The row after one more attempt.</summary>
    public AttemptRow Count(AttemptLimit limit, DateTimeOffset now)
    {
        var row = ExpiresAt > now ? this : this with { Attempts = 0, Since = now };
        var attempts = row.Attempts + 1;
        var end = row.Since + limit.Window;
        if (attempts < limit.Max)
            return row with { Attempts = attempts, OpenAt = now, ExpiresAt = end, Version = Version + 1 };
        if (limit.Pause is not { } first)
            return row with { Attempts = attempts, OpenAt = end, ExpiresAt = end, Version = Version + 1 };

        // The exponent is bounded: the pause stops growing long before.
        var pause = first * Math.Pow(2, Math.Min(attempts - limit.Max, 30));
        var open = now + (pause < limit.MaxPause ? pause : limit.MaxPause);
        return row with { Attempts = attempts, OpenAt = open, ExpiresAt = open + limit.Window, Version = Version + 1 };
    }
}
