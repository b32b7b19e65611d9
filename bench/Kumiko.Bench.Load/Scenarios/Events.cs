using System.Diagnostics;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Client;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>
/// Measures the way of events from Identity's outbox to their effect in Posts' database, while the modules run apart: how many there are a
/// second, and how long one takes.
/// </summary>
internal static class Events
{
    private const string Registered = "identity.user_registered";
    private const string Renamed = "identity.user_renamed";

    private const int Goal = 2_000;
    private const int MaxMilliseconds = 250;
    private const int WarmUp = 5_000;

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan WriteInterval = TimeSpan.FromMilliseconds(10);

    public static void Run(LoadOptions options, string provider)
    {
        Console.WriteLine();
        if (provider == "mysql")
            RunAsync(options).GetAwaiter().GetResult();
        else
            Console.WriteLine($"{provider}: 'events' needs MySQL");
    }

    private static async Task RunAsync(LoadOptions options)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var database = BenchDatabase.Create("mysql", options.MySql, "events");
        assemblies.Migrate(database);
        using var broker = BrokerContainer.Start();
        using var identity = assemblies.StartModule("identity", database, broker.Url);
        using var posts = assemblies.StartModule("posts", database, broker.Url, identity.Address);
        using var anyone = new Caller(identity.Address);
        using var tables = new EventTables(database);
        var events = new Queue(tables, await Person.JoinAsync(anyone, "waker"), [identity, posts]);

        await events.DrainAsync(Registered, first: 0, WarmUp, version: 1);
        for (var pair = 0; pair < options.Pairs; pair++)
        {
            var first = WarmUp + (pair * options.Events);
            await events.MeasureRateAsync(Registered, first, options.Events, version: 1);
            await events.MeasureRateAsync(Renamed, first, options.Events, version: 2);
        }

        var next = WarmUp + (options.Pairs * options.Events);
        for (var pair = 0; pair < options.Pairs; pair++)
            next += await events.MeasureTimesAsync(next, options.Round);
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private sealed class Queue(EventTables tables, Person waker, IReadOnlyList<ServerProcess> servers)
    {
        private int _names;

        /// <summary>Queues one event about each of many accounts, and waits for the effect of the last.</summary>
        public async Task<TimeSpan> DrainAsync(string name, int first, int count, int version)
        {
            var before = await tables.CountAsync(version);
            await tables.AddAsync(name, first, count, version);
            var begin = Stopwatch.GetTimestamp();
            await WakeAsync();
            while (await tables.CountAsync(version) - before < count)
            {
                if (Stopwatch.GetElapsedTime(begin) > MaxWait)
                    throw new InvalidOperationException($"{count} events took longer than {MaxWait.TotalMinutes} minutes.");
                await Task.Delay(50);
            }

            return Stopwatch.GetElapsedTime(begin);
        }

        public async Task MeasureRateAsync(string name, int first, int count, int version)
        {
            var before = ProcessorTimes();
            var elapsed = await DrainAsync(name, first, count, version);
            Print($"mysql: {count} of {name} at once: {count / elapsed.TotalSeconds:N0} a second, {Processors(before, elapsed)}");
            if (count / elapsed.TotalSeconds < Goal)
                Print($"  MISSED: {Goal} a second");
        }

        /// <summary>Queues events at half the goal's rate, and returns how many there were.</summary>
        public async Task<int> MeasureTimesAsync(int first, TimeSpan duration)
        {
            // The times at which the events were committed; 0 once their effect was seen.
            var committed = new long[(int)(duration.TotalSeconds * Goal / 2) + 1];
            var taken = new List<double>();
            var (written, seen) = (0, 0);
            var before = ProcessorTimes();
            var begin = Stopwatch.GetTimestamp();
            var watching = Task.Run(WatchAsync);
            var wakeups = new List<Task>();
            while (written < committed.Length)
            {
                await Task.Delay(WriteInterval);
                var due = Math.Min(committed.Length, (int)(Stopwatch.GetElapsedTime(begin).TotalSeconds * Goal / 2));
                if (due == written)
                    continue;

                await tables.AddAsync(Registered, first + written, due - written, version: 1);
                committed.AsSpan(written, due - written).Fill(Stopwatch.GetTimestamp());
                Volatile.Write(ref written, due);
                wakeups.Add(WakeAsync());
            }

            var elapsed = Stopwatch.GetElapsedTime(begin);
            var processors = Processors(before, elapsed);
            await Task.WhenAll(wakeups);
            await watching;
            taken.Sort();
            var (p50, p99) = (taken[taken.Count / 2], taken[taken.Count * 99 / 100]);
            Print($"mysql: {taken.Count / elapsed.TotalSeconds:N0} a second for {elapsed.TotalSeconds:N0} s, {processors}");
            Print($"  from the commit to the effect: p50 {p50:N0} ms, p99 {p99:N0} ms, at most {taken[^1]:N0} ms");
            if (p99 >= MaxMilliseconds)
                Print($"  MISSED: p99 under {MaxMilliseconds} ms");
            return committed.Length;

            async Task WatchAsync()
            {
                while (seen < committed.Length)
                {
                    if (Stopwatch.GetElapsedTime(begin) > duration + MaxWait)
                        throw new InvalidOperationException($"{committed.Length - seen} events have no effect.");
                    await Task.Delay(5);
                    var known = await tables.ReadAsync(first + seen);
                    var now = Stopwatch.GetTimestamp();
                    // An effect can be seen before the writer has noted the commit.
                    var until = Volatile.Read(ref written);
                    foreach (var number in known.Select(user => user - first).Where(number => number < until && committed[number] > 0))
                    {
                        taken.Add(Stopwatch.GetElapsedTime(committed[number], now).TotalMilliseconds);
                        committed[number] = 0;
                    }

                    while (seen < until && committed[seen] == 0)
                        seen++;
                }
            }
        }

        // As every commit of an event in the Host does. It adds an event of its own.
        private async Task WakeAsync() =>
            (await waker.PatchAsync("/api/auth/me", new { username = $"{waker.Username}{Interlocked.Increment(ref _names)}" })).Is(200);

        private List<TimeSpan> ProcessorTimes() => [.. servers.Select(server => server.ProcessorTime)];

        private string Processors(List<TimeSpan> before, TimeSpan elapsed) =>
            "processor: "
            + string.Join(
                ", ",
                servers.Zip(
                    before,
                    (server, was) => FormattableString.Invariant($"{server.Name} {(server.ProcessorTime - was) / elapsed:P0}")
                )
            );
    }
}
