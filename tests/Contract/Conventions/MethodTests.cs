namespace Kumiko.Contract.Conventions;

/// <summary><c>HEAD</c> and <c>OPTIONS</c>, at every address in the documents.</summary>
public class MethodTests(RunningKumiko kumiko)
{
    private const string Stream = "/api/crud/posts/stream";

    // Written while it is read.
    private const string Export = "/api/auth/me/export";

    // Headers that differ between two answers to the same request, or belong to the connection.
    private static readonly string[] Passing = ["Date", "X-Trace-Id", "Transfer-Encoding", "Alt-Svc"];

    [Fact]
    public async Task HEAD_answers_as_GET_does_without_a_body()
    {
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync("asked for its head");
        // Until the other module has sent its part, each of the two requests below could get another answer.
        await Eventually.IsAsync(() => alice.GetAsync(Export), export => export.Status != 202);
        string[] documents = [.. Operation.Modules.Select(module => $"/openapi/{module}.json")];
        var paths = (await Operation.AllOfAsync(kumiko.Anyone))
            .Where(operation => operation.Method == HttpMethod.Get)
            .Select(operation =>
                operation.PathTo(operation.Path.StartsWith("/api/crud/posts/", StringComparison.Ordinal) ? post.Id : alice.Id)
            )
            .Concat(documents);
        foreach (var path in paths.Append("/api/crud/posts/0").Append("/api/crud/posts?limit=0").Append("/api/nothing"))
        {
            var (get, head) = (await alice.GetAsync(path), await alice.SendAsync(HttpMethod.Head, path, null));
            Assert.Equal(get.Status, head.Status);
            Assert.Empty(head.Bytes);
            Assert.Equal(Names(get), Names(head));
            Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Equal(get.Header("Cache-Control"), head.Header("Cache-Control"));
            Assert.Equal(get.Header("ETag"), head.Header("ETag"));
            Assert.True(
                documents.Contains(path) || path == Export || get.Header("Content-Length") == $"{get.Bytes.Length}",
                $"{path} does not say how long it is."
            );
        }
    }

    [Fact]
    public async Task HEAD_of_a_known_version_is_304()
    {
        var alice = await kumiko.AliceAsync();
        var me = (await alice.GetAsync("/api/auth/me")).Is(200);
        (await alice.SendAsync(HttpMethod.Head, "/api/auth/me", null, ("If-None-Match", me.ETag))).Is(304);
        (await kumiko.Anyone.SendAsync(HttpMethod.Head, "/api/auth/me", null)).Is(401);
    }

    [Fact]
    public async Task HEAD_of_the_stream_ends()
    {
        var head = (await kumiko.Anyone.SendAsync(HttpMethod.Head, Stream, null)).Is(200);
        Assert.StartsWith("text/event-stream", head.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal("no-store, no-transform", head.Header("Cache-Control"));
    }

    [Fact]
    public async Task OPTIONS_names_the_methods_of_every_address()
    {
        var addresses = (await Operation.AllOfAsync(kumiko.Anyone))
            .GroupBy(operation => operation.PathTo(1), operation => operation.Method.Method)
            .Select(address => (Path: address.Key, Methods: address.ToList()))
            .Append((Stream, ["GET"]));
        foreach (var (path, methods) in addresses)
        {
            var answer = (await kumiko.Anyone.SendAsync(HttpMethod.Options, path, null)).Is(204);
            var listed = answer.Header("Allow")!.Split(',', StringSplitOptions.TrimEntries);
            Assert.Equal((methods.Contains("GET") ? methods.Append("HEAD") : methods).Append("OPTIONS").Order(), listed.Order());
            Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        }

        (await kumiko.Anyone.SendAsync(HttpMethod.Options, "/api/nothing", null)).IsProblem(404);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused_unless_the_operator_allows_it()
    {
        var preflight = await kumiko.Anyone.SendAsync(
            HttpMethod.Options,
            "/api/crud/posts",
            null,
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization")
        );
        Assert.DoesNotContain(
            preflight.Is(204).Headers,
            header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
        );
        var read = (await kumiko.Anyone.GetAsync("/api/crud/posts", ("Origin", "https://app.example"))).Is(200);
        Assert.DoesNotContain(read.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Names(Answer answer) =>
        answer.Headers.Keys.Except(Passing, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
}
