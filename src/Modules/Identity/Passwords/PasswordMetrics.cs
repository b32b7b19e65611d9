using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.Identity.Passwords;

/// <summary>Shows how busy the lane is in which passwords are hashed, and how many attempts were turned away.</summary>
internal sealed class PasswordMetrics
{
    public PasswordMetrics(PasswordLane lane, PasswordAttempts attempts, IMeterFactory meters)
    {
        var meter = meters.Create(Metering.MeterName);
        meter.CreateObservableGauge("kumiko.passwords.waiting", () => lane.Statistics.CurrentQueuedCount, description: "Passwords that wait to be hashed.");
        meter.CreateObservableCounter("kumiko.passwords.hashed", () => lane.Statistics.TotalSuccessfulLeases, description: "Passwords that were hashed.");
        meter.CreateObservableCounter(
            "kumiko.passwords.refused",
            () => new[] { Refused("lane", lane.Statistics.TotalFailedLeases), Refused("account", attempts.Refused) },
            description: "Requests answered 429: the lane was full, or there were too many attempts on one account.");
    }

    private static Measurement<long> Refused(string limit, long count) => new(count, new KeyValuePair<string, object?>("limit", limit));
}
