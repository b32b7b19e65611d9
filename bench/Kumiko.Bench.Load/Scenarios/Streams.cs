using System.Diagnostics;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Client;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures how long new posts take to each of many live streams, and what the streams cost the server.</summary>
internal static class Streams
{
    private const double MiB = 1024 * 1024;
    private const int PerSecond = 50;
    private const int MaxMilliseconds = 500;
    private const int MaxMiB = 300;

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        Console.WriteLine();
        using var database = BenchDatabase.Create(provider, options.MySql, "streams");
        assemblies.Migrate(database);
        using var host = assemblies.StartHost(database, streams: options.Streams);
        using var anyone = new Caller(host.Address);
        var author = Person.JoinAsync(anyone, "author").GetAwaiter().GetResult();
        WriteAsync(author, TimeSpan.FromSeconds(1), () => "warm").GetAwaiter().GetResult();
        var idle = host.ResidentBytes / MiB;
        using var listeners = Listeners.Start(host.Port, options.Streams);

        var begin = Stopwatch.GetTimestamp();
        var before = (Host: host.ProcessorTime, Listeners: listeners.ProcessorTime);
        var posts = WriteAsync(author, options.Round, Listeners.Now).GetAwaiter().GetResult();
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var times = listeners.Finish(posts);
        var resident = host.ResidentBytes / MiB;
        Print($"{provider}: {options.Streams} streams, {posts / elapsed.TotalSeconds:N0} posts a second for {elapsed.TotalSeconds:N0} s");
        Print($"  from the author's request to a client: p50 {times.P50} ms, p99 {times.P99} ms, at most {times.Max} ms");
        Print($"  deliveries missing: {times.Missing} of {(long)posts * options.Streams}");
        Print($"  resident memory of the server: {idle:N0} MiB before, {resident:N0} MiB with the streams");
        var (server, clients) = (host.ProcessorTime - before.Host, listeners.ProcessorTime - before.Listeners);
        Print($"  processor: server {server / elapsed:P0}, clients {clients / elapsed:P0}");
        if (times.Missing > 0 || times.P99 >= MaxMilliseconds || resident >= MaxMiB)
            Print($"  MISSED: every post to every client, p99 under {MaxMilliseconds} ms, under {MaxMiB} MiB");
    }

    // Posts are due at a steady rate, however long each takes.
    private static async Task<int> WriteAsync(Person author, TimeSpan duration, Func<string> content)
    {
        var posts = new List<Task>();
        using var due = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < duration; await due.WaitForNextTickAsync())
            posts.Add(author.WriteAsync(content()));
        await Task.WhenAll(posts);
        return posts.Count;
    }

    private static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
