using System.Globalization;
using Kumiko.Bench.Load.Load;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures two things alternately (A B A B ...), so that other load on the machine affects both, and prints the ratios.</summary>
internal static class Pairs
{
    /// <summary>Warms up both, measures the pairs, and prints a line for each and the medians.</summary>
    public static void Run(
        string title,
        LoadOptions options,
        string nameA,
        Func<TimeSpan, LoadResult> a,
        string nameB,
        Func<TimeSpan, LoadResult> b
    )
    {
        Console.WriteLine();
        Console.WriteLine(title);
        a(options.Round);
        b(options.Round);

        Console.WriteLine(
            $"{"pair", 4}  {nameA + " req/s", 12} {"p50 ms", 7} {"p99 ms", 7} {"cpu µs", 7}   "
                + $"{nameB + " req/s", 12} {"p50 ms", 7} {"p99 ms", 7} {"cpu µs", 7}   {"rate", 5} {"p50", 5} {"p99", 5} {"cpu", 5}"
        );
        var ratios = new List<(double Rate, double P50, double P99, double Processor)>();
        double generator = 0;
        for (var pair = 1; pair <= options.Pairs; pair++)
        {
            var first = a(options.Round);
            var second = b(options.Round);
            var ratio = (
                Rate: second.Rate / first.Rate,
                P50: first.P50 / second.P50,
                P99: first.P99 / second.P99,
                Processor: first.ServerMicroseconds / second.ServerMicroseconds
            );
            ratios.Add(ratio);
            generator += (first.GeneratorMicroseconds + second.GeneratorMicroseconds) / 2 / options.Pairs;
            Console.WriteLine(
                $"{pair, 4}  {first.Rate, 12:N0} {first.P50, 7:N2} {first.P99, 7:N2} {first.ServerMicroseconds, 7:N1}   "
                    + $"{second.Rate, 12:N0} {second.P50, 7:N2} {second.P99, 7:N2} {second.ServerMicroseconds, 7:N1}   {ratio.Rate, 5:N2} "
                    + $"{ratio.P50, 5:N2} {ratio.P99, 5:N2} {ratio.Processor, 5:N2}"
            );
        }

        Console.WriteLine(
            $"{nameA} costs, in times of {nameB}, median (min to max): requests/s {Summary(ratios.Select(r => r.Rate))}, p50 "
                + $"{Summary(ratios.Select(r => r.P50))}, p99 {Summary(ratios.Select(r => r.P99))}, server cpu "
                + $"{Summary(ratios.Select(r => r.Processor))}"
        );
        Console.WriteLine(
            $"The generator used {generator:N1} µs of processor a request, on the same {Environment.ProcessorCount} processors."
        );
    }

    /// <summary>The median, minimum and maximum as text.</summary>
    public static string Summary(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"{Median(sorted):N2} ({sorted[0]:N2} to {sorted[^1]:N2})");
    }

    private static double Median(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
}
