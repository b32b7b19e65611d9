namespace Kumiko.Bench.Load.Load;

/// <summary>The result of a round of load.</summary>
/// <param name="SortedMilliseconds">The time of each request, shortest first.</param>
/// <param name="Elapsed">The length of the round.</param>
/// <param name="ServerProcessor">The processor time of the server's process.</param>
/// <param name="GeneratorProcessor">The processor time of this process.</param>
internal sealed record LoadResult(double[] SortedMilliseconds, TimeSpan Elapsed, TimeSpan ServerProcessor, TimeSpan GeneratorProcessor)
{
    /// <summary>Requests answered per second.</summary>
    public double Rate => SortedMilliseconds.Length / Elapsed.TotalSeconds;

    /// <summary>The server's processor time per request, in microseconds. Unlike the rate, it excludes the cost of the generator.</summary>
    public double ServerMicroseconds => ServerProcessor.TotalMicroseconds / SortedMilliseconds.Length;

    /// <summary>The generator's processor time per request, in microseconds.</summary>
    public double GeneratorMicroseconds => GeneratorProcessor.TotalMicroseconds / SortedMilliseconds.Length;

    /// <summary>The median, in milliseconds.</summary>
    public double P50 => Percentile(0.50);

    /// <summary>The 99th percentile, in milliseconds.</summary>
    public double P99 => Percentile(0.99);

    private double Percentile(double share) =>
        SortedMilliseconds[Math.Clamp((int)Math.Ceiling(share * SortedMilliseconds.Length) - 1, 0, SortedMilliseconds.Length - 1)];
}
