using System.Diagnostics;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Measures searches for common and rare words among many posts, beside the first page of the same posts.</summary>
internal static class Search
{
    private const int Connections = 16;
    private const double MaxMilliseconds = 250;

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        var text = new NaturalText();
        using var database = BenchDatabase.Create(provider, options.MySql, "search");
        assemblies.Migrate(database);
        var begin = Stopwatch.GetTimestamp();
        database.FillWithIndex(text, options.Texts);
        Console.WriteLine($"{provider}: filled with {options.Texts:N0} posts in {Stopwatch.GetElapsedTime(begin):m\\:ss}");
        using var host = assemblies.StartHost(database);

        byte[][] list = [HttpConnection.Get("/api/crud/posts")];
        Measure("common English words", text.CommonEnglish);
        Measure("rare English words", text.RareEnglish);
        Measure("English words that nobody wrote", text.UnwrittenEnglish);
        Measure("common Japanese words", text.CommonJapanese);
        Measure("rare Japanese words", text.RareJapanese);

        void Measure(string row, IEnumerable<string> words)
        {
            var searches = words.Select(word => HttpConnection.Get($"/api/crud/posts?q={Uri.EscapeDataString(word)}")).ToArray();
            var p99 = Pairs.Run(
                new Row("search", $"{row} in {options.Texts} posts", provider),
                options,
                "search",
                // 503 is the answer of a search that is given up after two seconds.
                duration => LoadGenerator.Run(host, searches, Connections, duration, 200, 503),
                "list",
                duration => LoadGenerator.Run(host, list, Connections, duration, 200)
            );
            if (p99 >= MaxMilliseconds)
                Console.WriteLine($"  MISSED: p99 of {p99:N0} ms instead of under {MaxMilliseconds} ms");
        }
    }
}
