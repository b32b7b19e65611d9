using System.Text.Json.Nodes;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Compares a read through a whole slice with the same read by raw ADO.NET in a bare endpoint.</summary>
internal static class Reads
{
    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var database = BenchDatabase.Create(provider, options.MySql, "reads");
        assemblies.Migrate(database);
        database.Fill(options.Rows);
        using var host = assemblies.StartHost(database);
        using var raw = assemblies.StartRaw(database);
        CheckSame(host, raw, "/api/crud/posts/7");
        CheckSame(host, raw, "/api/crud/posts");

        var posts = Enumerable.Range(1, options.Rows).Select(id => HttpConnection.Get($"/api/crud/posts/{id}")).ToArray();
        Compare($"{provider}: GET /api/crud/posts/{{id}}, {options.Rows} posts, {options.Connections} connections", posts);

        byte[][] list = [HttpConnection.Get("/api/crud/posts")];
        Compare($"{provider}: GET /api/crud/posts (20 posts), {options.Connections} connections", list);

        void Compare(string title, byte[][] requests) =>
            Pairs.Run(
                title,
                options,
                host.Name,
                duration => LoadGenerator.Run(host, requests, options.Connections, duration, 200),
                raw.Name,
                duration => LoadGenerator.Run(raw, requests, options.Connections, duration, 200)
            );
    }

    // Comparing two different answers would be meaningless. Cursors differ because the Host signs them.
    private static void CheckSame(ServerProcess host, ServerProcess raw, string path)
    {
        using var http = new HttpClient();
        var answers = new[] { host, raw }
            .Select(server =>
            {
                using var response = http.GetAsync(new Uri($"http://127.0.0.1:{server.Port}{path}")).GetAwaiter().GetResult();
                var json = JsonNode.Parse(response.Content.ReadAsStringAsync().GetAwaiter().GetResult())!.AsObject();
                if (json.ContainsKey("next_cursor"))
                    json["next_cursor"] = json["next_cursor"]!.GetValue<string>().Length;
                return $"{response.StatusCode} {response.Content.Headers.ContentType} {response.Headers.ETag} "
                    + $"{response.Headers.CacheControl} {json.ToJsonString()}";
            })
            .ToList();
        if (answers[0] != answers[1])
            throw new InvalidOperationException($"The Host and the raw server answer {path} differently:\n{answers[0]}\n{answers[1]}");
    }
}
