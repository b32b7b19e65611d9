using System.Diagnostics;
using System.Diagnostics.Metrics;
using Kumiko.BuildingBlocks.Observability;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// Measures how long the statements of a module take (<c>kumiko.sql.duration</c>), the same on both databases: from the call until the last
/// row is read. The time to begin a transaction includes the wait for a connection and, on SQLite, for the only writer.
/// </summary>
internal static class SqlMetrics
{
    private static readonly Histogram<double> Duration = Metering.Meter.CreateHistogram(
        "kumiko.sql.duration",
        "s",
        "Time of SQL statements.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
        }
    );

    private static readonly KeyValuePair<string, object?> Begin = new("kind", "begin");
    private static readonly KeyValuePair<string, object?> Read = new("kind", "read");
    private static readonly KeyValuePair<string, object?> Write = new("kind", "write");
    private static readonly KeyValuePair<string, object?> Commit = new("kind", "commit");

    /// <summary>The label of a module. Its database keeps the label, so that a measurement allocates nothing.</summary>
    public static KeyValuePair<string, object?> Label(string module) => new("module", module);

    public static void RecordBegin(KeyValuePair<string, object?> module, long since) => Record(module, Begin, since);

    public static void RecordRead(KeyValuePair<string, object?> module, long since) => Record(module, Read, since);

    public static void RecordWrite(KeyValuePair<string, object?> module, long since) => Record(module, Write, since);

    public static void RecordCommit(KeyValuePair<string, object?> module, long since) => Record(module, Commit, since);

    private static void Record(KeyValuePair<string, object?> module, KeyValuePair<string, object?> kind, long since) =>
        Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, module, kind);
}
