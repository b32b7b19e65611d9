using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>How often an event that fails is tried again, and when it is parked instead.</summary>
internal static class Retries
{
    /// <summary>After so many failed attempts, two minutes after the first, more of them would help nobody: the event waits for an operator.</summary>
    public const int Attempts = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a failed attempt: a second, doubled each time up to a minute.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), LongestPause.TotalSeconds));

    /// <summary>It is not the event that is at fault: the database is away, or two transactions got into each other's way.</summary>
    public static bool IsPassing(Exception exception) => DatabaseFailure.IsUnavailable(exception) || DatabaseFailure.IsDeadlock(exception);
}
