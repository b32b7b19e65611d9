namespace Kumiko.Demo;

/// <summary>How fast a stage went.</summary>
internal sealed class Measure
{
    private readonly double[] _milliseconds;
    private readonly TimeSpan _elapsed;

    /// <summary>Takes the time of each request and of all together.</summary>
    public Measure(IEnumerable<TimeSpan> requests, TimeSpan elapsed)
    {
        _milliseconds = [.. requests.Select(request => request.TotalMilliseconds).Order()];
        _elapsed = elapsed;
    }

    /// <summary>How many requests were answered.</summary>
    public int Count => _milliseconds.Length;

    /// <summary>Requests per second.</summary>
    public double Rate => Count / _elapsed.TotalSeconds;

    /// <summary>The time in milliseconds that <paramref name="share"/> (0 to 1) of the requests stayed under; 0 without requests.</summary>
    public double Percentile(double share) =>
        Count == 0 ? 0 : _milliseconds[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
