namespace Kumiko.BuildingBlocks.Data;

/// <summary>Reads the clock in the precision in which times are stored and returned.</summary>
public static class ClockExtensions
{
    /// <summary>
    /// The current time in UTC, cut to the millisecond, so that a response shows the same time as a later read from the database.
    /// </summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
