using Kumiko.Bench.Load.Load;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures two things alternately (A B A B ...), so that other load on the machine affects both, and prints the ratios.</summary>
internal static class Pairs
{
    /// <summary>Warms up both, measures the pairs, prints a line for each and the medians, and adds the ratios to the history.</summary>
    /// <returns>The median of the first one's p99, in milliseconds.</returns>
    public static double Run(
        Row row,
        LoadOptions options,
        string nameA,
        Func<TimeSpan, LoadResult> a,
        string nameB,
        Func<TimeSpan, LoadResult> b
    )
    {
        Console.WriteLine();
        Console.WriteLine(row);
        a(options.Round);
        b(options.Round);

        Console.WriteLine(
            $"{"pair", 4}  {nameA + " req/s", 12} {"p50 ms", 7} {"p99 ms", 7} {"cpu µs", 7}   "
                + $"{nameB + " req/s", 12} {"p50 ms", 7} {"p99 ms", 7} {"cpu µs", 7}   {"rate", 5} {"p50", 5} {"p99", 5} {"cpu", 5}"
        );
        var pairs = new List<(LoadResult A, LoadResult B)>();
        for (var pair = 1; pair <= options.Pairs; pair++)
        {
            var (first, second) = (a(options.Round), b(options.Round));
            pairs.Add((first, second));
            Console.WriteLine(
                $"{pair, 4}  {first.Rate, 12:N0} {first.P50, 7:N2} {first.P99, 7:N2} {first.ServerMicroseconds, 7:N1}   "
                    + $"{second.Rate, 12:N0} {second.P50, 7:N2} {second.P99, 7:N2} {second.ServerMicroseconds, 7:N1}   "
                    + $"{second.Rate / first.Rate, 5:N2} {first.P50 / second.P50, 5:N2} {first.P99 / second.P99, 5:N2} "
                    + $"{first.ServerMicroseconds / second.ServerMicroseconds, 5:N2}"
            );
        }

        var (rate, p50, p99, processor) = (
            Ratios.Of(pairs.Select(pair => pair.B.Rate / pair.A.Rate)),
            Ratios.Of(pairs.Select(pair => pair.A.P50 / pair.B.P50)),
            Ratios.Of(pairs.Select(pair => pair.A.P99 / pair.B.P99)),
            Ratios.Of(pairs.Select(pair => pair.A.ServerMicroseconds / pair.B.ServerMicroseconds))
        );
        Console.WriteLine(
            $"{nameA} costs, in times of {nameB}, median (min to max): requests/s {rate}, p50 {p50}, p99 {p99}, server cpu {processor}"
        );
        var generator = pairs.Average(pair => (pair.A.GeneratorMicroseconds + pair.B.GeneratorMicroseconds) / 2);
        Console.WriteLine(
            $"The generator used {generator:N1} µs of processor a request, on the same {Environment.ProcessorCount} processors."
        );
        options.History.Add(row with { Name = row.Name + ": requests/s" }, rate);
        options.History.Add(row with { Name = row.Name + ": server cpu" }, processor);
        return Ratios.Of(pairs.Select(pair => pair.A.P99)).Median;
    }
}
