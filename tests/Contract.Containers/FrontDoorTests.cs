using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kumiko.Contract.Containers;

/// <summary>What Caddy does besides forwarding.</summary>
public class FrontDoorTests(RunningKumiko kumiko)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", 302)]
    [InlineData("/crud", 200)]
    [InlineData("/crud/post?id=1", 200)]
    [InlineData("/crud/icon.svg", 200)]
    [InlineData("/crud.txt", 200)]
    [InlineData("/favicon.ico", 200)]
    [InlineData("/robots.txt", 200)]
    [InlineData("/apple-touch-icon.png", 200)]
    [InlineData("/api/crud/posts?limit=0", 400)]
    [InlineData("/crud/no-such-page", 404)]
    [InlineData("/auth/login", 200)]
    [InlineData("/auth/no-such-page", 404)]
    [InlineData("/auth/_next/static/no-such-script.js", 404)]
    [InlineData("/no-such-page", 404)]
    [InlineData("/login", 302)]
    [InlineData("/api/crud/posts", 200)]
    [InlineData("/api/crud/posts/0", 404)]
    [InlineData("/api/crud/nothing-here", 404)]
    [InlineData("/api/auth/me", 401)]
    [InlineData("/api/auth/.well-known/jwks.json", 200)]
    [InlineData("/api", 404)]
    [InlineData("/openapi/posts.json", 200)]
    [InlineData("/docs/index.html", 200)]
    [InlineData("/metrics", 404)]
    public async Task Every_answer_has_the_headers_that_protect_a_browser(string path, int status) =>
        Protects((await kumiko.Anyone.GetAsync(path)).Is(status));

    [Theory]
    [InlineData("/api/crud/posts", "application/problem+json")]
    [InlineData("/crud", "text/html; charset=utf-8")]
    public async Task Caddys_own_answers_have_the_headers_that_protect_a_browser(string path, string type)
    {
        var answer = (await kumiko.Anyone.PostAsync(path, Caller.Json(new string(' ', 1_200_000)))).Is(413);
        Protects(answer);
        Assert.Equal(type, answer.Header("Content-Type"));
        foreach (var (_, style) in Inline(answer.Text).Where(element => element.Name == "style"))
            Assert.Contains($"'sha256-{Hash(style)}'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    internal static void Protects(Answer answer)
    {
        Assert.Equal("max-age=31536000; includeSubDomains", answer.Header("Strict-Transport-Security"));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Contains(answer.Header("Referrer-Policy"), (string[])["strict-origin-when-cross-origin", "no-referrer"]);
        Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
        Assert.Null(answer.Header("Server"));
        Assert.Null(answer.Header("Via"));
        var policy = answer.Header("Content-Security-Policy")!;
        Assert.Contains("default-src ", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        // If a policy allows nothing to load, a base has no effect.
        if (!policy.StartsWith("default-src 'none'", StringComparison.Ordinal))
            Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        // Without their own list, scripts use the default's.
        var scripts =
            policy
                .Split(';', StringSplitOptions.TrimEntries)
                .FirstOrDefault(list => list.StartsWith("script-src ", StringComparison.Ordinal))
            ?? policy;
        Assert.DoesNotContain("unsafe", scripts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/crud")]
    [InlineData("/crud/search")]
    [InlineData("/crud/no-such-page")]
    [InlineData("/auth/login")]
    [InlineData("/auth/account/security")]
    [InlineData("/no-such-page")]
    public async Task A_page_runs_only_the_scripts_it_was_built_with(string path)
    {
        var answer = await kumiko.Anyone.GetAsync(path);
        var policy = answer.Header("Content-Security-Policy")!;
        var scripts = Inline(answer.Text)
            .Where(element => element.Name == "script")
            .Select(element => $"'sha256-{Hash(element.Text)}'")
            .ToHashSet();
        Assert.NotEmpty(scripts);
        Assert.Equal(scripts, [.. Regex.Matches(policy, "'sha256-[^']+'").Select(hash => hash.Value)]);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public async Task A_page_is_revalidated_and_not_sent_again(string coding)
    {
        var page = (await kumiko.Anyone.GetAsync("/crud", ("Accept-Encoding", coding))).Is(200);
        Assert.Equal(coding, page.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", page.Header("Vary"));
        Assert.Equal("no-cache", page.Header("Cache-Control"));
        (await kumiko.Anyone.GetAsync("/crud", ("Accept-Encoding", coding), ("If-None-Match", page.ETag))).Is(304);
        // Each coding has a tag of its own, so that no cache takes one for the other.
        Assert.NotEqual(page.ETag, (await kumiko.Anyone.GetAsync("/crud", ("Accept-Encoding", "identity"))).Is(200).ETag);

        var script = Regex.Match((await kumiko.Anyone.GetAsync("/crud")).Text, "src=\"(/crud/_next/static/[^\"]+)\"").Groups[1].Value;
        var named = (await kumiko.Anyone.GetAsync(script, ("Accept-Encoding", coding))).Is(200);
        Assert.Equal(coding, named.Header("Content-Encoding"));
        Assert.Equal("public, max-age=31536000, immutable", named.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_browser_gets_the_not_found_page_for_a_missing_page()
    {
        foreach (var path in (string[])["/nope", "/crud/nope", "/auth/nope", "/nope/deeper"])
        {
            var answer = (await kumiko.Anyone.GetAsync(path, ("Accept", "text/html"))).Is(404);
            Assert.Equal("text/html; charset=utf-8", answer.Header("Content-Type"));
            Assert.Contains("<html", answer.Text, StringComparison.Ordinal);
            Assert.Equal("no-cache", answer.Header("Cache-Control"));
        }
    }

    [Theory]
    [InlineData("/login", "/auth/login")]
    [InlineData("/login?return=%2Fcrud", "/auth/login?return=%2Fcrud")]
    [InlineData("/register", "/auth/register")]
    [InlineData("/account", "/auth/account")]
    [InlineData("/crud/", "/crud")]
    [InlineData("/auth/login/?return=%2Fcrud", "/auth/login?return=%2Fcrud")]
    [InlineData("/crud/%E6%97%A5%0D%0A/?id=1", "/crud/%E6%97%A5%0D%0A?id=1")]
    public async Task Addresses_that_people_type_lead_to_the_right_page(string path, string page) =>
        Assert.Equal(page, (await kumiko.Anyone.GetAsync(path)).Header("Location"));

    [Fact]
    public async Task Pages_answer_every_method_as_files_do()
    {
        var head = (await kumiko.Anyone.SendAsync(HttpMethod.Head, "/crud", null)).Is(200);
        Assert.Empty(head.Bytes);
        Assert.Equal("text/html; charset=utf-8", head.Header("Content-Type"));
        foreach (var path in (string[])["/", "/crud", "/crud/post", "/auth/login", "/login"])
        {
            Assert.Equal("GET, HEAD, OPTIONS", (await kumiko.Anyone.SendAsync(HttpMethod.Options, path, null)).Is(204).Header("Allow"));
            Assert.Equal("GET, HEAD, OPTIONS", (await kumiko.Anyone.PostAsync(path, new { })).Is(405).Header("Allow"));
        }
    }

    [Fact]
    public async Task A_program_that_accepts_JSON_gets_a_problem_for_a_missing_page()
    {
        foreach (var path in (string[])["/crud/nope", "/auth/nope/deeper"])
        {
            Assert.Equal(path, (await kumiko.Anyone.GetAsync(path, ("Accept", "application/json"))).IsProblem(404)["instance"].GetString());
            Assert.Contains(
                "<html",
                (await kumiko.Anyone.GetAsync(path, ("Accept", "application/json, text/html;q=0.5"))).Is(404).Text,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zst")]
    [InlineData("gz")]
    public async Task The_compressed_copy_of_a_file_is_not_an_address(string extension) =>
        (await kumiko.Anyone.GetAsync($"/crud/index.html.{extension}")).Is(404);

    private static IEnumerable<(string Name, string Text)> Inline(string page) =>
        Regex
            .Matches(page, "<(?<name>script|style)(?![^>]*\\ssrc=)[^>]*>(?<text>.*?)</\\k<name>>", RegexOptions.Singleline)
            .Select(element => (element.Groups["name"].Value, element.Groups["text"].Value));

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health/serving")]
    [InlineData("/api/../metrics")]
    [InlineData("/%6detrics")]
    [InlineData("//metrics")]
    public async Task Operators_addresses_are_closed(string path)
    {
        // Sent unchanged: a client library would normalize the path first.
        using var http = Client(ComposeProject.Running.HttpsPort, secure: true);
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri($"https://app.local{path}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        );
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("kumiko_", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_HTTP_is_redirected_to_HTTPS()
    {
        using var http = Client(ComposeProject.Running.HttpPort, secure: false);
        using var answer = await http.GetAsync(new Uri("http://app.local/crud?a=b"), Cancellation);
        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal(new Uri($"https://app.local:{ComposeProject.Running.HttpsPort}/crud?a=b"), answer.Headers.Location);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task The_API_is_not_available_over_plain_HTTP(string method)
    {
        using var http = Client(ComposeProject.Running.HttpPort, secure: false);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri("http://app.local/api/auth/login"));
        using var answer = await http.SendAsync(request, Cancellation);
        // If this were redirected to HTTPS, the password would already have been readable on the way, and nobody would notice.
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        // RFC 6797, 7.2.
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task The_access_log_contains_no_searches_and_no_personal_data()
    {
        var secret = $"{Guid.NewGuid():N}";
        var alice = await kumiko.AliceAsync();
        await alice.GetAsync(
            $"/api/crud/posts?q={secret}",
            ("Referer", $"https://app.local/crud/search?q={secret}"),
            ("Cookie", $"a={secret}"),
            ("Last-Event-ID", secret)
        );
        await alice.PostAsync("/api/crud/posts", new { content = "logged" }, ("Idempotency-Key", secret));
        await kumiko.Anyone.GetAsync($"/crud/search?q={secret}");
        await kumiko.Anyone.GetAsync($"/crud/?q={secret}");
        // Caddy's own error, and plain HTTP.
        (await kumiko.Anyone.PostAsync($"/api/crud/posts?q={secret}", Caller.Json(new string(' ', 1_200_000)))).Is(413);
        using var http = Client(ComposeProject.Running.HttpPort, secure: false);
        (await http.GetAsync(new Uri($"http://app.local/crud?q={secret}"), Cancellation)).Dispose();
        // The last search is logged last.
        var last = $"/crud/{Guid.NewGuid():N}";
        await kumiko.Anyone.GetAsync(last, ("User-Agent", "a-browser-of-its-own"));

        var log = await Eventually.IsAsync(ComposeProject.Running.LogOfCaddyAsync, log => log.Contains(last, StringComparison.Ordinal));
        Assert.DoesNotContain(secret, log, StringComparison.Ordinal);
        Assert.DoesNotContain(alice.AccessToken!, log, StringComparison.Ordinal);
        Assert.Contains("\"uri\":\"/api/crud/posts\"", log, StringComparison.Ordinal);
        Assert.Contains("a-browser-of-its-own", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_for_clients_that_accept_it(string coding)
    {
        // Long enough to be compressed.
        var alice = await kumiko.AliceAsync();
        var post = await alice.WriteAsync(new string('木', 2_000));
        var answer = (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}", ("Accept-Encoding", coding))).Is(200);
        Assert.Equal(coding, answer.Header("Content-Encoding"));
        Assert.InRange(answer.Bytes.Length, 1, 1_000);

        // A version has one tag, however it was sent.
        var tag = answer.Header("ETag")!;
        Assert.Equal((await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}")).Is(200).Header("ETag"), tag);
        (await kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}", ("Accept-Encoding", coding), ("If-None-Match", tag))).Is(304);
        var changed = (
            await alice.PutAsync(
                $"/api/crud/posts/{post.Id}",
                new { content = new string('林', 2_000) },
                ("Accept-Encoding", coding),
                ("If-Match", tag)
            )
        ).Is(200);
        (await alice.DeleteAsync($"/api/crud/posts/{post.Id}", null, ("If-Match", changed.Header("ETag")!))).Is(204);
    }

    [Fact]
    public async Task HTTP_3_is_offered()
    {
        var answer = (await kumiko.Anyone.GetAsync("/api/crud/posts")).Is(200);
        Assert.Contains($"h3=\":{ComposeProject.Running.HttpsPort}\"", answer.Header("Alt-Svc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_too_large_for_every_endpoint_is_refused()
    {
        var alice = await kumiko.AliceAsync();
        var body = $$"""{"content":"{{new string('a', 1_200_000)}}"}""";
        // More than once: if the proxy forwarded it, the result would depend on timing.
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
