using System.Net;

namespace Kumiko.Contract.Containers;

/// <summary>What Caddy does by itself, beside passing on.</summary>
public class FrontDoorTests(RunningKumiko kumiko)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/crud/posts", 200)]
    [InlineData("/api/crud/posts/0", 404)]
    [InlineData("/api/crud/nothing-here", 404)]
    [InlineData("/metrics", 404)]
    public async Task Every_answer_carries_the_headers_that_protect_a_browser(string path, int status)
    {
        var answer = (await kumiko.Anyone.GetAsync(path)).Is(status);
        Assert.StartsWith("max-age=31536000", answer.Header("Strict-Transport-Security"), StringComparison.Ordinal);
        Assert.Contains("default-src", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("strict-origin-when-cross-origin", answer.Header("Referrer-Policy"));
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Via"));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/serving")]
    [InlineData("/api/../metrics")]
    [InlineData("/%6detrics")]
    [InlineData("//metrics")]
    public async Task What_is_for_operators_is_closed(string path)
    {
        // Sent as it stands: a client library would tidy the path first.
        using var http = Client(ComposeProject.Running.HttpsPort, secure: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://app.local{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("kumiko_", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_HTTP_is_sent_to_HTTPS()
    {
        using var http = Client(ComposeProject.Running.HttpPort, secure: false);
        using var answer = await http.GetAsync(new Uri("http://app.local/crud?a=b"), Cancellation);
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal(new Uri($"https://app.local:{ComposeProject.Running.HttpsPort}/crud?a=b"), answer.Headers.Location);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_for_who_can_read_it(string coding)
    {
        // Long enough to be worth it.
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync(new string('木', 2_000));
        var answer = (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}", ("Accept-Encoding", coding))).Is(200);
        Assert.Equal(coding, answer.Header("Content-Encoding"));
        Assert.InRange(answer.Bytes.Length, 1, 1_000);

        // A version is a version, however it was sent.
        var tag = answer.Header("ETag")!;
        Assert.Equal((await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Header("ETag"), tag);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}", ("Accept-Encoding", coding), ("If-None-Match", tag))).Is(304);
        var changed = (await alice.PutAsync($"/api/crud/posts/{post.Id}", new { content = new string('林', 2_000) }, ("Accept-Encoding", coding), ("If-Match", tag))).Is(200);
        (await alice.DeleteAsync($"/api/crud/posts/{post.Id}", ("If-Match", changed.Header("ETag")!))).Is(204);
    }

    [Fact]
    public async Task HTTP_3_is_offered()
    {
        var answer = (await kumiko.Anyone.GetAsync("/api/crud/posts")).Is(200);
        Assert.Contains($"h3=\":{ComposeProject.Running.HttpsPort}\"", answer.Header("Alt-Svc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_no_endpoint_could_want_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var body = $$"""{"content":"{{new string('a', 1_200_000)}}"}""";
        // More than once: where the proxy passes it on, it is a matter of luck who is faster.
        for (var n = 0; n < 20; n++)
            (await alice.PostAsync("/api/crud/posts", Caller.Json(body))).IsProblem(413);
    }

    private static HttpClient Client(int port, bool secure)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        Way.Lead(handler, new IPEndPoint(IPAddress.Loopback, port), secure ? Way.Root : null);
        return new HttpClient(handler);
    }
}
