using System.Text.Json.Nodes;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Compares the cost of a page in a large table with that in a small one, and of a deep page with that of the first.</summary>
internal static class Depth
{
    private const int MaxPage = 100;

    // Enough pages to read different rows, and few enough that both tables stay cached.
    private const int DeepPages = 64;

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var smallDatabase = BenchDatabase.Create(provider, options.MySql, "small");
        using var largeDatabase = BenchDatabase.Create(provider, options.MySql, "large");
        foreach (var (database, rows) in new[] { (smallDatabase, options.Rows), (largeDatabase, options.DeepRows) })
        {
            assemblies.Migrate(database);
            database.Fill(rows);
        }

        using var small = assemblies.StartHost(smallDatabase, "small");
        using var large = assemblies.StartHost(largeDatabase, "large");
        byte[][] first = [HttpConnection.Get("/api/crud/posts")];
        byte[][] firstOfUser = [HttpConnection.Get("/api/crud/posts?user_id=7")];
        var smallDeep = FindDeep(small, options.Rows);
        var largeDeep = FindDeep(large, options.DeepRows);

        var tables = $"{options.DeepRows:N0} posts against {options.Rows:N0}";
        Compare($"{provider}: first page, {tables}", large, first, small, first);
        Compare($"{provider}: first page of a user, {tables}", large, firstOfUser, small, firstOfUser);
        Compare($"{provider}: page in the middle, {tables}", large, largeDeep, small, smallDeep);
        Pairs.Run(
            $"{provider}: page in the middle of {options.DeepRows:N0} posts against the first page",
            options,
            "deep",
            Ask(large, largeDeep),
            "first",
            Ask(large, first)
        );

        void Compare(string title, ServerProcess a, byte[][] requestsA, ServerProcess b, byte[][] requestsB) =>
            Pairs.Run(title, options, a.Name, Ask(a, requestsA), b.Name, Ask(b, requestsB));

        Func<TimeSpan, LoadResult> Ask(ServerProcess server, byte[][] requests) =>
            duration => LoadGenerator.Run(server, requests, options.Connections, duration, 200);
    }

    // Cursors are signed, so follow them page by page as clients do.
    private static byte[][] FindDeep(ServerProcess server, int rows)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
        var deep = new List<byte[]>();
        string? cursor = null;
        for (var page = 1; deep.Count < DeepPages; page++)
        {
            var path = $"/api/crud/posts?limit={MaxPage}" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var json = JsonNode.Parse(http.GetStringAsync(new Uri(path, UriKind.Relative)).GetAwaiter().GetResult())!;
            cursor = json["next_cursor"]?.GetValue<string>();
            if (cursor is null)
                break;
            if (page >= rows / MaxPage / 2)
                deep.Add(HttpConnection.Get($"/api/crud/posts?cursor={Uri.EscapeDataString(cursor)}"));
        }

        return [.. deep];
    }
}
