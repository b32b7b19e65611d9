using System.Text.Json;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Decides how often a failed event is retried, and when it is parked instead.</summary>
internal static class Retries
{
    // The last attempt is two minutes after the first.
    private const int Attempts = 8;

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a failed attempt: one second, doubled each time, up to a minute.</summary>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), MaxPause.TotalSeconds));

    /// <summary>Whether more attempts are useless: the event failed too often, or cannot be parsed.</summary>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    /// <param name="failure">The failure of this attempt.</param>
    public static bool IsExhausted(int attempt, Exception failure) =>
        !IsTransient(failure) && (attempt >= Attempts || failure is JsonException);

    /// <summary>
    /// Whether the failure is not the event's own: the database is unavailable, or two transactions deadlocked. A statement that takes too
    /// long does count against the event, since an event that demands too much would otherwise be retried forever. A database that hangs is
    /// recognised at the next attempt, which cannot connect.
    /// </summary>
    public static bool IsTransient(Exception exception) =>
        (DatabaseFailure.IsUnavailable(exception) && !DatabaseFailure.IsTimeout(exception)) || DatabaseFailure.IsDeadlock(exception);
}
