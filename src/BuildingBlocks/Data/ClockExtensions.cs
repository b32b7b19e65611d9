namespace Kumiko.BuildingBlocks.Data;

/// <summary>The time as it is stored and shown.</summary>
public static class ClockExtensions
{
    /// <summary>Now in UTC, cut to the millisecond, so that what is answered at once equals what the database gives back later.</summary>
    public static DateTimeOffset Now(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new DateTimeOffset(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }
}
