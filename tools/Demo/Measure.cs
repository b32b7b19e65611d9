namespace Kumiko.Demo;

/// <summary>The speed of a stage.</summary>
internal sealed class Measure
{
    private readonly double[] _milliseconds;
    private readonly TimeSpan _elapsed;

    /// <summary>Takes the time of each request and of the whole stage.</summary>
    public Measure(IEnumerable<TimeSpan> requests, TimeSpan elapsed)
    {
        _milliseconds = [.. requests.Select(request => request.TotalMilliseconds).Order()];
        _elapsed = elapsed;
    }

    /// <summary>The number of answered requests.</summary>
    public int Count => _milliseconds.Length;

    /// <summary>Requests per second.</summary>
    public double Rate => Count / _elapsed.TotalSeconds;

    /// <summary>
    /// The time in milliseconds within which <paramref name="share"/> (0 to 1) of the requests were answered; 0 without requests.
    /// </summary>
    public double Percentile(double share) =>
        Count == 0 ? 0 : _milliseconds[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)];
}
