using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Passwords;

/// <summary>Reports how busy password hashing is, and how many attempts were refused.</summary>
internal sealed class PasswordMetrics
{
    public PasswordMetrics(PasswordLimiter limiter, AttemptCounters attempts, IMeterFactory meters)
    {
        var meter = meters.Create(Metering.MeterName);
        meter.CreateObservableGauge("kumiko.passwords.waiting", () => limiter.Waiting, description: "Passwords that wait to be hashed.");
        meter.CreateObservableCounter("kumiko.passwords.hashed", () => limiter.Hashed, description: "Passwords that were hashed.");
        meter.CreateObservableCounter(
            "kumiko.passwords.refused",
            () => attempts.Refused.Select(limit => Refused(limit.Key, limit.Value)).Append(Refused("lane", limiter.Refused)),
            description: "Requests answered 429: the lane was full, or there were too many attempts."
        );
    }

    private static Measurement<long> Refused(string limit, long count) => new(count, new KeyValuePair<string, object?>("limit", limit));
}
