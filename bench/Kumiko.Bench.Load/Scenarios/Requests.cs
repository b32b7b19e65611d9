using System.Text.Json.Nodes;
using Kumiko.Bench.Load.Data;
using Kumiko.Bench.Load.Load;
using Kumiko.Bench.Load.Servers;
using Kumiko.TestHosts.Client;

namespace Kumiko.Bench.Load.Scenarios;

/// <summary>Compares reads and creations of posts through whole slices with the same by raw ADO.NET in a bare endpoint.</summary>
internal static class Requests
{
    private const string Posts = "/api/crud/posts";

    public static void Run(LoadOptions options, string provider)
    {
        var assemblies = Assemblies.Find(options.Host);
        using var database = BenchDatabase.Create(provider, options.MySql, "requests");
        assemblies.Migrate(database);
        database.Fill(options.Rows);
        using var host = assemblies.StartHost(database);
        using var raw = assemblies.StartRaw(database);
        using var anyone = new Caller(host.Address);
        var author = Person.JoinAsync(anyone, "author").GetAwaiter().GetResult();
        CheckSame(author, raw, $"{Posts}/7");
        CheckSame(author, raw, Posts);
        CheckSame(author, raw, Posts, new { content = "組子 \"lattice\"" });

        Compare("one post", 200, [.. Enumerable.Range(1, options.Rows).Select(id => HttpConnection.Get($"{Posts}/{id}"))]);
        Compare("list of 20", 200, HttpConnection.Get(Posts));
        // Short enough for the life of a token.
        author.SignInAsync().GetAwaiter().GetResult();
        Compare("create", 201, HttpConnection.Post(Posts, """{"content":"釘を使わずに組み合わせる: no nails"}""", author.AccessToken));

        void Compare(string row, int expected, params byte[][] requests) =>
            Pairs.Run(
                new Row("requests", row, provider),
                options,
                host.Name,
                duration => LoadGenerator.Run(host, requests, options.Connections, duration, expected),
                raw.Name,
                duration => LoadGenerator.Run(raw, requests, options.Connections, duration, expected)
            );
    }

    // Comparing two different answers would be meaningless. Cursors differ because the Host signs them, and a new post has its own id and
    // times.
    private static void CheckSame(Caller host, ServerProcess raw, string path, object? body = null)
    {
        using var other = new Caller(raw.Address);
        var answers = new[] { host, other.With(host.AccessToken) }
            .Select(server =>
            {
                var answer = (body is null ? server.GetAsync(path) : server.PostAsync(path, body)).GetAwaiter().GetResult();
                var json = JsonNode.Parse(answer.Text)!.AsObject();
                if (json.ContainsKey("next_cursor"))
                    json["next_cursor"] = json["next_cursor"]!.GetValue<string>().Length;
                if (body is not null)
                    json["id"] = json["created_at"] = json["updated_at"] = null;
                return $"{answer.Status} {answer.Header("Content-Type")} {answer.Header("ETag")} {answer.Header("Cache-Control")} {json}";
            })
            .ToList();
        if (answers[0] != answers[1])
            throw new InvalidOperationException($"The Host and the raw server answer {path} differently:\n{answers[0]}\n{answers[1]}");
    }
}
