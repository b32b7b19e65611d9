namespace Kumiko.TestHosts.Neighbours;

/// <summary>How long each request of an owner took, in milliseconds.</summary>
public sealed class OwnerTimes
{
    public List<double> SignIn { get; } = [];

    public List<double> Read { get; } = [];

    public List<double> Write { get; } = [];

    /// <summary>From the start of the write until the stream reported it.</summary>
    public List<double> Listen { get; } = [];

    /// <summary>All of them by the name of the request.</summary>
    public IReadOnlyList<(string Request, List<double> Milliseconds)> ByRequest =>
        [("sign-in", SignIn), ("read", Read), ("write", Write), ("listen", Listen)];

    /// <summary>A percentile, such as 0.99.</summary>
    public static double Percentile(List<double> times, double share) =>
        times.Order().ElementAt(Math.Clamp((int)Math.Ceiling(share * times.Count) - 1, 0, times.Count - 1));
}
