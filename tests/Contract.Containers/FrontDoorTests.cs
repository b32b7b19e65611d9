using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
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
    [InlineData("/docs/swagger-ui-bundle.js", 200)]
    [InlineData("/docs/no-such-file.js", 404)]
    [InlineData("/metrics", 404)]
    [InlineData("/crud/", 308)]
    [InlineData("/crud", 204, "OPTIONS")]
    [InlineData("/docs/index.html", 204, "OPTIONS")]
    [InlineData("/openapi/posts.json", 204, "OPTIONS")]
    [InlineData("/openapi/identity.json", 204, "OPTIONS")]
    [InlineData("/api/crud/posts", 204, "OPTIONS")]
    [InlineData("/crud", 405, "POST")]
    [InlineData("/docs/index.html", 405, "POST")]
    [InlineData("/openapi/posts.json", 405, "POST")]
    [InlineData("/api/auth/me", 405, "POST")]
    public async Task Every_answer_has_the_headers_that_protect_a_browser(string path, int status, string method = "GET")
    {
        var answer = (await kumiko.Anyone.SendAsync(new HttpMethod(method), path, null)).Is(status);
        Protects(answer);
        if (method != "GET")
            Assert.Contains("OPTIONS", answer.Header("Allow"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_has_the_headers_that_protect_a_browser()
    {
        var post = await (await kumiko.AliceAsync()).WriteAsync("unchanged");
        foreach (var path in (string[])["/crud", "/auth/login", $"/api/crud/posts/{post.Id}"])
        {
            var first = (await kumiko.Anyone.GetAsync(path)).Is(200);
            Protects((await kumiko.Anyone.GetAsync(path, ("If-None-Match", first.ETag))).Is(304));
        }
    }

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

    internal static void Protects(Answer answer, bool isSecure = true)
    {
        // Over plain HTTP it must not be sent (RFC 6797, 7.2).
        Assert.Equal(isSecure ? "max-age=31536000; includeSubDomains" : null, answer.Header("Strict-Transport-Security"));
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
    [InlineData("/.well-known/change-password", "/auth/account/security")]
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
        Protects(await Answer.ReadAsync("GET http://app.local/crud", answer), isSecure: false);
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
        Protects(await Answer.ReadAsync($"{method} http://app.local/api/auth/login", answer), isSecure: false);
    }

    [Fact]
    public async Task A_request_that_is_not_valid_HTTP_is_refused()
    {
        const string Unknown = "GET /api/crud/posts HTTP/1.1\r\nHost: app.local\r\nExpect: nonsense\r\n\r\n";
        var refused = InvalidHttp.Requests("app.local").Select(sent => (sent.Request, sent.ThroughCaddy)).Append((Unknown, 417));
        foreach (var (request, status) in refused)
        {
            await using var connection = await TlsConnection.OpenAsync(Way.Instead!, Way.Root!);
            var answer = await connection.AskAsync(request);
            Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{request}\n{answer}");
        }
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Current_versions_of_TLS_are_accepted(SslProtocols version)
    {
        await using var connection = await TlsConnection.OpenAsync(Way.Instead!, Way.Root!, version);
        Assert.Equal(version, connection.Version);
    }

    [Theory]
    [InlineData(0x0301, Alert)]
    [InlineData(0x0302, Alert)]
    [InlineData(0x0303, Handshake)]
    public async Task Versions_of_TLS_before_1_2_are_refused(int version, byte record)
    {
        // By hand, since the client's own library no longer offers them. All three offers are the same except for the version.
        using var socket = new TcpClient();
        await socket.ConnectAsync(Way.Instead!, Cancellation);
        var stream = socket.GetStream();
        await stream.WriteAsync(ClientHello("app.local", version), Cancellation);
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer, Cancellation);
        Assert.Equal(record, answer[0]);
        if (record == Alert)
            Assert.Equal([2, ProtocolVersion], answer[5..]);
    }

    // RFC 5246, 6.2.1 and 7.2.
    private const byte Alert = 21;
    private const byte Handshake = 22;
    private const byte ProtocolVersion = 70;

    // RFC 5246, 7.4.1.2. Without the extension 'supported_versions', the version is the highest that the client supports.
    private static byte[] ClientHello(string host, int version)
    {
        var name = Encoding.ASCII.GetBytes(host);
        byte[] extensions =
        [
            // server_name
            .. Extension(0, [.. Sized([0, .. Sized(name)])]),
            // supported_groups: secp256r1
            .. Extension(10, Sized([0, 23])),
            // ec_point_formats: uncompressed
            .. Extension(11, [1, 0]),
            // signature_algorithms: ecdsa_secp256r1_sha256, rsa_pkcs1_sha256
            .. Extension(13, Sized([4, 3, 4, 1])),
        ];
        byte[] hello =
        [
            .. Number(version),
            .. RandomNumberGenerator.GetBytes(32),
            // No session, then ECDHE-ECDSA with AES-128-GCM and AES-128-CBC (the one that versions before 1.2 know), no compression.
            0,
            .. Sized([0xC0, 0x2B, 0xC0, 0x09]),
            1,
            0,
            .. Sized(extensions),
        ];
        return [Handshake, 3, 1, .. Sized([1, 0, .. Sized(hello)])];

        static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];
        static byte[] Sized(byte[] bytes) => [.. Number(bytes.Length), .. bytes];
        static byte[] Extension(int type, byte[] data) => [.. Number(type), .. Sized(data)];
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
