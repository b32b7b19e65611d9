using System.Globalization;

namespace Kumiko.Bench.Load;

/// <summary>Ratios of the same thing that were measured one after another.</summary>
internal sealed record Ratios(double Median, double Least, double Greatest)
{
    /// <summary>Summarizes at least one value.</summary>
    public static Ratios Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Ratios(median, sorted[0], sorted[^1]);
    }

    /// <summary>
    /// How far the median may be from the true one: a quarter of the range, since half of the values are usually closer than that.
    /// </summary>
    public double Uncertainty => (Greatest - Least) / 4;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Median:N2} ({Least:N2} to {Greatest:N2})");
}
