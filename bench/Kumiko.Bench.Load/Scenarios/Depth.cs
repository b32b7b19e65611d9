using System.Diagnostics;
using System.Text.Json.Nodes;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Compares the cost of a page in a large table with that in a small one.</summary>
internal static class Depth
{
    private const int MaxPage = 100;

    // Enough pages to read different rows, and few enough that both tables stay cached.
    private const int MaxCursors = 64;

    private const int Author = BenchDatabase.FirstAuthor;

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var smallDatabase = BenchDatabase.Create(provider, options.MySql, "small");
        using var largeDatabase = BenchDatabase.Create(provider, options.MySql, "large");
        var begin = Stopwatch.GetTimestamp();
        foreach (var (database, rows) in new[] { (smallDatabase, options.Rows), (largeDatabase, options.DeepRows) })
        {
            assemblies.Migrate(database);
            database.Fill(rows);
        }

        Console.WriteLine($"{provider}: filled with {options.DeepRows} posts in {Stopwatch.GetElapsedTime(begin):m\\:ss}");

        using var small = assemblies.StartHost(smallDatabase, "small");
        using var large = assemblies.StartHost(largeDatabase, "large");
        var (smallCursors, largeCursors) = (FindCursors(small, options.Rows), FindCursors(large, options.DeepRows));
        Compare("first page", "/api/crud/posts", hasCursor: false);
        Compare("first page of an author", $"/api/crud/posts?user_id={Author}", hasCursor: false);
        Compare("page in the middle", "/api/crud/posts?cursor=", hasCursor: true);
        Compare("page in the middle of an author", $"/api/crud/posts?user_id={Author}&cursor=", hasCursor: true);

        void Compare(string row, string path, bool hasCursor) =>
            Pairs.Run(
                new Row("depth", $"{row}: {options.DeepRows} posts to {options.Rows}", provider),
                options,
                large.Name,
                Ask(large, hasCursor ? [.. largeCursors.Select(cursor => path + cursor)] : [path]),
                small.Name,
                Ask(small, hasCursor ? [.. smallCursors.Select(cursor => path + cursor)] : [path])
            );

        Func<TimeSpan, LoadResult> Ask(ServerProcess server, string[] paths)
        {
            byte[][] requests = [.. paths.Select(HttpConnection.Get)];
            return duration => LoadGenerator.Run(server, requests, options.Connections, duration, 200);
        }
    }

    // Cursors are signed, so follow them page by page as clients do: those of one author, of whom there are fewer, are those of all.
    private static List<string> FindCursors(ServerProcess server, int rows)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var cursors = new List<string>();
        var limit = Math.Clamp(rows / BenchDatabase.Authors / MaxCursors / 2, 1, MaxPage);
        string? cursor = null;
        do
        {
            var path = $"/api/crud/posts?user_id={Author}&limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}");
            var page = JsonNode.Parse(http.GetStringAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult())!;
            cursor = page["next_cursor"]?.GetValue<string>() is { } next ? Uri.EscapeDataString(next) : null;
            if (cursor is not null && page["items"]!.AsArray()[^1]!["id"]!.GetValue<long>() <= rows / 2)
                cursors.Add(cursor);
        } while (cursor is not null && cursors.Count < MaxCursors);

        return cursors;
    }
}
