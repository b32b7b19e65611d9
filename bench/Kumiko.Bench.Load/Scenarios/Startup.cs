using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures the time from the start of the process to the first list of posts, and the memory of an idle Host.</summary>
internal static class Startup
{
    private const double MiB = 1024 * 1024;

    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(5);

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        Console.WriteLine();
        using var database = BenchDatabase.Create(provider, options.MySql, "startup");
        using (var first = assemblies.StartHost(database))
            Print($"{provider}: start on an empty database, migrations included: {first.StartTime.TotalSeconds:N2} s");

        var times = new List<double>();
        var memory = new List<double>();
        for (var i = 0; i < options.Pairs; i++)
        {
            using var host = assemblies.StartHost(database);
            times.Add(host.StartTime.TotalSeconds);
            Thread.Sleep(UntilIdle);
            memory.Add(host.ResidentBytes / MiB);
        }

        Print($"{provider}: start to first answer, median (min to max) of {times.Count}: {Ratios.Of(times)} s");
        Print($"{provider}: resident memory {UntilIdle.TotalSeconds:N0} s later: {Ratios.Of(memory)} MiB");
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
