namespace Kumiko.Bench.Load.Load;

/// <summary>What a round of load gave.</summary>
/// <param name="SortedMilliseconds">How long each request took, the shortest first.</param>
/// <param name="Elapsed">How long the round was.</param>
/// <param name="ServerProcessor">Processor time that the server's process used.</param>
/// <param name="GeneratorProcessor">Processor time that this process used.</param>
internal sealed record LoadResult(double[] SortedMilliseconds, TimeSpan Elapsed, TimeSpan ServerProcessor, TimeSpan GeneratorProcessor)
{
    /// <summary>Requests answered per second.</summary>
    public double Rate => SortedMilliseconds.Length / Elapsed.TotalSeconds;

    /// <summary>
    /// Processor time of the server for one request, in microseconds. Unlike the rate it is not diluted by what the generator costs.
    /// </summary>
    public double ServerMicroseconds => ServerProcessor.TotalMicroseconds / SortedMilliseconds.Length;

    /// <summary>Processor time of the generator for one request, in microseconds.</summary>
    public double GeneratorMicroseconds => GeneratorProcessor.TotalMicroseconds / SortedMilliseconds.Length;

    /// <summary>The median, in milliseconds.</summary>
    public double P50 => Percentile(0.50);

    /// <summary>What 99 of 100 requests stayed under, in milliseconds.</summary>
    public double P99 => Percentile(0.99);

    private double Percentile(double share) =>
        SortedMilliseconds[Math.Clamp((int)Math.Ceiling(share * SortedMilliseconds.Length) - 1, 0, SortedMilliseconds.Length - 1)];
}
