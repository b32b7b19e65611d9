using System.Diagnostics;
using System.Globalization;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Neighbours;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures how much a hostile client with 300 connections slows down the owners of accounts at other addresses.</summary>
internal static class Neighbours
{
    private const int Posts = 1_000;

    // Enough that none of them exceeds a limit, however short a round is.
    private const int People = 32;

    // The first processor is the server's, so that hostile clients can be elsewhere.
    private const int ServerProcessor = 0;

    // An attack needs a moment until all of its connections are open, and the server until it has answered what is left of one.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var database = BenchDatabase.Create(provider, options.MySql, "neighbours");
        assemblies.Migrate(database);
        using (var filled = assemblies.StartHost(database))
            Board.FillAsync(filled.Address, Posts).GetAwaiter().GetResult();
        using var host = Processors.StartOn(ServerProcessor, () => assemblies.StartHost(database, limits: !options.NoLimits));
        using var owners = Owners.JoinAsync(host.Address, People).GetAwaiter().GetResult();
        Live(owners, options.Round);

        Console.WriteLine();
        Console.WriteLine(
            $"{provider}: owners beside a hostile client with 300 connections{(options.NoLimits ? ", without limits" : "")}, against "
                + $"owners alone, {options.Pairs} pairs of {options.Round.TotalSeconds:N0} s"
        );
        Console.WriteLine(
            $"{"kind", -12} {"request", -8} {"rounds", 11}   {"p50 ms", 17} {"ratio", 5}   {"p99 ms", 17} {"ratio", 5}   "
                + "quiet p99 varies"
        );
        foreach (var kind in options.Attacks)
            Measure(kind, host, owners, options);
    }

    private static void Measure(string kind, ServerProcess host, Owners owners, LoadOptions options)
    {
        using var attacker = Processors.StartOn(ServerProcessor + 1, () => Attacker.Start(kind, host.Address));
        var (quiet, attacked) = (new List<OwnerTimes>(), new List<OwnerTimes>());
        var (quietUse, attackedUse) = (new ProcessorUse(), new ProcessorUse());
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            quiet.Add(quietUse.Of(host, attacker, () => Live(owners, options.Round)));
            attacker.Begin();
            Thread.Sleep(Settling);
            attacked.Add(attackedUse.Of(host, attacker, () => Live(owners, options.Round)));
            attacker.End();
            Thread.Sleep(Settling);
        }

        for (var request = 0; request < quiet[0].ByRequest.Count; request++)
        {
            var (before, during) = (All(quiet, request), All(attacked, request));
            var halves = Enumerable
                .Range(0, 2)
                .Select(half => P99(All([.. quiet.Where((_, pair) => options.Pairs == 1 || pair % 2 == half)], request)))
                .ToList();
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(request == 0 ? kind : ""), -12} {quiet[0].ByRequest[request].Request, -8} {before.Count, 4} / {during.Count, 4}   "
                        + $"{P50(before), 7:N1} {P50(during), 9:N1} {P50(during) / P50(before), 5:N2}   "
                        + $"{P99(before), 7:N1} {P99(during), 9:N1} {P99(during) / P99(before), 5:N2}   "
                        + $"{halves.Max() / halves.Min(), 16:N2}"
                )
            );
        }

        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{"", -12} processor: server {quietUse.Server:P0} -> {attackedUse.Server:P0}, owners {quietUse.Owners:P0} -> "
                    + $"{attackedUse.Owners:P0}, attacker {attackedUse.Attacker:P0}; the attacker got {attacker.Answers}"
            )
        );
    }

    private static OwnerTimes Live(Owners owners, TimeSpan duration)
    {
        var begin = Stopwatch.GetTimestamp();
        return owners.LiveAsync(_ => Stopwatch.GetElapsedTime(begin) < duration).GetAwaiter().GetResult();
    }

    private static List<double> All(List<OwnerTimes> times, int request) =>
        [.. times.SelectMany(round => round.ByRequest[request].Milliseconds)];

    private static double P50(List<double> times) => OwnerTimes.Percentile(times, 0.50);

    private static double P99(List<double> times) => OwnerTimes.Percentile(times, 0.99);

    /// <summary>The shares of one processor that the processes used.</summary>
    private sealed class ProcessorUse
    {
        private TimeSpan _elapsed;
        private TimeSpan _server;
        private TimeSpan _owners;
        private TimeSpan _attacker;

        public double Server => _server / _elapsed;

        public double Owners => _owners / _elapsed;

        public double Attacker => _attacker / _elapsed;

        public T Of<T>(ServerProcess host, Attacker attacker, Func<T> round)
        {
            var begin = Stopwatch.GetTimestamp();
            var before = (host.ProcessorTime, Environment.CpuUsage.TotalTime, attacker.ProcessorTime);
            var result = round();
            _elapsed += Stopwatch.GetElapsedTime(begin);
            _server += host.ProcessorTime - before.Item1;
            _owners += Environment.CpuUsage.TotalTime - before.Item2;
            _attacker += attacker.ProcessorTime - before.Item3;
            return result;
        }
    }
}
