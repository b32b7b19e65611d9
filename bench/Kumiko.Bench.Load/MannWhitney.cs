namespace Kumiko.Bench.Load;

/// <summary>
/// The Mann-Whitney test: could two samples come from the same distribution? It compares ranks, so that a few slow answers do not matter.
/// </summary>
internal static class MannWhitney
{
    /// <summary>
    /// How probable a difference as large as this one is if there is none, for both sides. By the normal approximation with the correction
    /// for ties and for continuity, which is exact enough from some twenty values on.
    /// </summary>
    public static double P(IReadOnlyCollection<double> one, IReadOnlyCollection<double> other)
    {
        var (n1, n2) = ((double)one.Count, (double)other.Count);
        var all = one.Select(value => (Value: value, IsOne: true)).Concat(other.Select(value => (Value: value, IsOne: false)));
        var (before, rankSum, ties) = (0.0, 0.0, 0.0);
        foreach (var group in all.GroupBy(entry => entry.Value).OrderBy(group => group.Key))
        {
            var count = (double)group.Count();
            // Equal values share the middle of their ranks.
            rankSum += group.Count(entry => entry.IsOne) * (before + ((count + 1) / 2));
            ties += (count * count * count) - count;
            before += count;
        }

        var n = n1 + n2;
        var u = rankSum - (n1 * (n1 + 1) / 2);
        var variance = n1 * n2 / 12 * (n + 1 - (ties / (n * (n - 1))));
        if (variance <= 0)
            return 1;

        var z = Math.Max(0, Math.Abs(u - (n1 * n2 / 2)) - 0.5) / Math.Sqrt(variance);
        return 2 * UpperTail(z);
    }

    // The probability that a normal variable exceeds z. Abramowitz and Stegun, 26.2.17; the error is below 7.5e-8.
    private static double UpperTail(double z)
    {
        var t = 1 / (1 + (0.2316419 * z));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
