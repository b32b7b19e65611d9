using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>Counts what happens to events. <c>DatabaseMonitor</c> reads what waits in the tables.</summary>
internal static class MessagingMetrics
{
    private static readonly Counter<long> PublishedEvents = Metering.Meter.CreateCounter<long>(
        "kumiko.events.published",
        description: "Events handed over to the handlers or to the broker."
    );

    private static readonly Counter<long> FailedAttempts = Metering.Meter.CreateCounter<long>(
        "kumiko.events.failed",
        description: "Attempts at which a handler failed."
    );

    private static readonly Counter<long> ParkedEvents = Metering.Meter.CreateCounter<long>(
        "kumiko.events.parked",
        description: "Events put aside after too many failed attempts."
    );

    private static readonly Histogram<double> Delay = Metering.Meter.CreateHistogram(
        "kumiko.events.delay",
        "s",
        "Time from the commit of an event until its effect was committed; the count is the number of events delivered.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200],
        }
    );

    /// <summary>Starts the counters of a handler at zero, so that the first failure is visible as a rise.</summary>
    public static void Expect(string handler)
    {
        FailedAttempts.Add(0, Handler(handler));
        ParkedEvents.Add(0, Handler(handler));
    }

    /// <summary>Events of one name left the outbox.</summary>
    public static void Published(string eventName, int count) =>
        PublishedEvents.Add(count, new KeyValuePair<string, object?>("event", eventName));

    /// <summary>An effect was committed.</summary>
    /// <param name="handler">The handler's name.</param>
    /// <param name="delay">The time since the event became true.</param>
    public static void Delivered(string handler, TimeSpan delay) => Delay.Record(Math.Max(0, delay.TotalSeconds), Handler(handler));

    /// <summary>A handler failed; the event will be retried.</summary>
    public static void Failed(string handler) => FailedAttempts.Add(1, Handler(handler));

    /// <summary>An event was parked.</summary>
    public static void Parked(string handler) => ParkedEvents.Add(1, Handler(handler));

    private static KeyValuePair<string, object?> Handler(string handler) => new("handler", handler);
}
