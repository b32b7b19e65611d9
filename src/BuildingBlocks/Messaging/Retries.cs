using System.Text.Json;
using Kumiko.BuildingBlocks.Data;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>How often an event that fails is tried again, and when it is parked instead.</summary>
internal static class Retries
{
    // Two minutes after the first.
    private const int Attempts = 8;

    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    /// <summary>The pause after a failed attempt: a second, doubled each time up to a minute.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    public static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), MaxPause.TotalSeconds));

    /// <summary>More attempts would help nobody: it failed too often, or cannot be read.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="failure">How it failed.</param>
    public static bool IsExhausted(int attempt, Exception failure) =>
        !IsTransient(failure) && (attempt >= Attempts || failure is JsonException);

    /// <summary>
    /// It is not the event that is at fault: the database is away, or two transactions got into each other's way. A statement that takes
    /// too long is
    /// held against it, or an event that asks too much would be tried for ever; a database that hangs does not let the next attempt
    /// connect.
    /// </summary>
    public static bool IsTransient(Exception exception) =>
        (DatabaseFailure.IsUnavailable(exception) && !DatabaseFailure.IsTimeout(exception)) || DatabaseFailure.IsDeadlock(exception);
}
