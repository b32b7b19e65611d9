using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Contract.Sqlite;

/// <summary>How a Host serves frontends that were built into files. Test pages replace the real ones.</summary>
public sealed class FrontendTests(FrontendTests.HostWithPages host) : IClassFixture<FrontendTests.HostWithPages>
{
    private const string Script = "document.documentElement.lang = 'ja'";

    private static readonly (string Name, string Value) Browser = (
        "Accept",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    );

    private readonly Caller _anyone = host.Anyone;

    [Fact]
    public async Task Pages_have_the_addresses_that_people_see()
    {
        Assert.Contains("board", (await _anyone.GetAsync("/crud")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("a post", (await _anyone.GetAsync("/crud/post?id=1")).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains("sign in", (await _anyone.GetAsync("/auth/login")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal("/crud", (await _anyone.GetAsync("/")).Is(302).Header("Location"));
        Assert.Equal("/crud/post?id=1", (await _anyone.GetAsync("/crud/post/?id=1")).Is(308).Header("Location"));
        Assert.Equal("/crud/%E6%97%A5%0D%0A?id=1", (await _anyone.GetAsync("/crud/%E6%97%A5%0D%0A/?id=1")).Is(308).Header("Location"));
        Assert.Equal("the data of the board", (await _anyone.GetAsync("/crud.txt?_rsc=x")).Is(200).Text);
        Assert.Contains("nothing here", (await _anyone.GetAsync("/crud/no-such-page")).Is(404).Text, StringComparison.Ordinal);
        (await _anyone.GetAsync("/crud/no-such-file.js")).IsProblem(404);
        (await _anyone.GetAsync("/crudely")).IsProblem(404);
        (await _anyone.GetAsync("/crud/../../etc/passwd")).Is(404);
    }

    [Fact]
    public async Task A_page_runs_only_the_scripts_it_was_built_with()
    {
        var policy = (await _anyone.GetAsync("/crud")).Is(200).Header("Content-Security-Policy")!;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));
        Assert.Contains($"script-src 'self' 'sha256-{hash}';", policy, StringComparison.Ordinal);
        Assert.Contains(
            "script-src 'self';",
            (await _anyone.GetAsync("/crud/post")).Is(200).Header("Content-Security-Policy"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "script-src 'self';",
            (await _anyone.GetAsync("/crud/no-such-page")).Is(404).Header("Content-Security-Policy"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Files_named_by_their_content_are_cached_and_pages_are_revalidated()
    {
        var script = (await _anyone.GetAsync("/crud/_next/static/a.js", ("Accept-Encoding", "gzip"))).Is(200);
        Assert.Equal("public, max-age=31536000, immutable", script.Header("Cache-Control"));
        Assert.Equal("gzip", script.Header("Content-Encoding"));
        var page = (await _anyone.GetAsync("/crud")).Is(200);
        Assert.Equal("no-cache", page.Header("Cache-Control"));
        (await _anyone.GetAsync("/crud", ("If-None-Match", page.ETag))).Is(304);
    }

    [Fact]
    public async Task Precompressed_files_are_sent_to_clients_that_accept_them()
    {
        await using var compressed = new HostWithPages();
        await compressed.WriteAsync("crud/post.html.br", "a post, compressed");
        await compressed.WriteAsync("crud/_next/static/a.js.br", "compressed");
        await compressed.InitializeAsync();
        var visitor = compressed.Anyone;
        var script = (await visitor.GetAsync("/crud/_next/static/a.js", ("Accept-Encoding", "gzip, br;q=0.9"))).Is(200);
        Assert.Equal("compressed", script.Text);
        Assert.Equal("br", script.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", script.Header("Vary"));
        Assert.Equal("text/javascript; charset=utf-8", script.Header("Content-Type"));
        Assert.Equal("public, max-age=31536000, immutable", script.Header("Cache-Control"));
        var page = (await visitor.GetAsync("/crud/post", ("Accept-Encoding", "br"))).Is(200);
        Assert.Equal("a post, compressed", page.Text);
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        Assert.Contains("script-src 'self';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        (await visitor.GetAsync("/crud/post", ("Accept-Encoding", "br"), ("If-None-Match", page.ETag))).Is(304);

        foreach (var copy in (string[])["/crud/post.html.br", "/crud/_next/static/a.js.br"])
        {
            (await visitor.GetAsync(copy)).IsProblem(404);
            (await visitor.GetAsync(copy, ("Accept-Encoding", "br"))).IsProblem(404);
        }

        var zipped = (await visitor.GetAsync("/crud/_next/static/a.js", ("Accept-Encoding", "gzip, br;q=0"))).Is(200);
        Assert.Equal("gzip", zipped.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", zipped.Header("Vary"));
        var plain = (await visitor.GetAsync("/crud/post")).Is(200);
        Assert.Contains("<!doctype html>a post", plain.Text, StringComparison.Ordinal);
        Assert.Null(plain.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", plain.Header("Vary"));
    }

    // RFC 9110, 8.8.3.3: with the same tag for both, a client could combine the rest of the file with the start of its compressed form.
    [Fact]
    public async Task A_file_has_a_different_tag_for_each_encoding()
    {
        const string Script = "/crud/_next/static/a.js";
        var plain = (await _anyone.GetAsync(Script)).Is(200);
        foreach (var coding in (string[])["gzip", "br"])
        {
            var compressed = (await _anyone.GetAsync(Script, ("Accept-Encoding", coding))).Is(200);
            Assert.Equal(coding, compressed.Header("Content-Encoding"));
            Assert.NotEqual(plain.ETag, compressed.ETag);
            Assert.Equal(
                compressed.ETag,
                (await _anyone.GetAsync(Script, ("Accept-Encoding", coding), ("If-None-Match", compressed.ETag))).Is(304).ETag
            );

            (await _anyone.GetAsync(Script, ("Accept-Encoding", coding), ("Range", "bytes=100-"), ("If-Range", compressed.ETag))).Is(200);
        }

        Assert.Equal(plain.ETag, (await _anyone.GetAsync(Script, ("If-None-Match", plain.ETag))).Is(304).ETag);
        var rest = (await _anyone.GetAsync(Script, ("Range", "bytes=100-"), ("If-Range", plain.ETag))).Is(206);
        Assert.Equal(plain.Text[100..], rest.Text);
    }

    [Fact]
    public async Task The_API_keeps_its_addresses_beside_the_pages()
    {
        (await _anyone.GetAsync("/api/crud/posts")).Is(200);
        (await _anyone.GetAsync("/docs/index.html")).Is(200);
    }

    [Fact]
    public async Task Without_pages_the_front_page_names_the_service_and_links_to_its_documents()
    {
        await using var bare = await host.Installation.StartAsync(("Frontends__Folder", "no-such-folder"));
        using var visitor = new Caller(bare.Address);
        var page = (await visitor.GetAsync("/")).Is(200);
        Assert.Equal("text/html", page.Header("Content-Type")?.Split(';')[0]);
        Assert.Contains("/docs", page.Text, StringComparison.Ordinal);
        Assert.Contains("/health", page.Text, StringComparison.Ordinal);
        Assert.Contains("serves no pages", bare.Log, StringComparison.Ordinal);
        (await visitor.GetAsync("/crud")).IsProblem(404);
        (await visitor.GetAsync("/login", Browser)).Is(404);
        Assert.Contains("<html", (await visitor.GetAsync("/crud", Browser)).Is(404).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nope")]
    [InlineData("/nope/and/more")]
    [InlineData("/crud/no-such-file.js")]
    public async Task A_missing_address_gives_a_browser_a_page_and_a_program_a_problem(string path)
    {
        var page = (await _anyone.GetAsync(path, Browser)).Is(404);
        Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
        Assert.Contains("nothing here", page.Text, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        (await _anyone.GetAsync(path)).IsProblem(404);
        (await _anyone.GetAsync(path, ("Accept", "text/html;q=0, */*"))).IsProblem(404);
        (await _anyone.PostAsync(path, null, Browser)).IsProblem(path.StartsWith("/crud/", StringComparison.Ordinal) ? 405 : 404);
        (await _anyone.GetAsync("/api" + path, Browser)).IsProblem(404);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/crud")]
    [InlineData("/crud.txt")]
    [InlineData("/crud/post")]
    [InlineData("/crud/_next/static/a.js")]
    [InlineData("/auth/login")]
    [InlineData("/login")]
    [InlineData("/robots.txt")]
    [InlineData("/favicon.ico")]
    [InlineData("/docs")]
    [InlineData("/docs/index.html")]
    [InlineData("/openapi/posts.json")]
    public async Task A_page_names_its_allowed_methods(string path)
    {
        string[] methods = ["GET", "HEAD", "OPTIONS"];
        Assert.Equal(methods, Allowed(await _anyone.SendAsync(HttpMethod.Options, path, null), 204));
        foreach (var method in (string[])["POST", "PUT", "DELETE", "PATCH"])
        {
            var refusal = (await _anyone.SendAsync(new HttpMethod(method), path, null, Browser)).IsProblem(405);
            Assert.Equal(methods, Allowed(refusal, 405));
        }

        static string[] Allowed(Answer answer, int status) => answer.Is(status).Header("Allow")!.Split(',', StringSplitOptions.TrimEntries);
    }

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/problem+json, */*;q=0.1", true)]
    [InlineData("application/json, text/html;q=0", true)]
    [InlineData("application/json, text/html;q=0.1", false)]
    [InlineData("application/json;q=0, */*", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html", false)]
    public async Task A_program_that_accepts_JSON_gets_a_problem_for_a_missing_page(string accept, bool isProblem)
    {
        foreach (var path in (string[])["/crud/no-such-page", "/auth/no/such/page"])
        {
            var answer = (await _anyone.GetAsync(path, ("Accept", accept))).Is(404);
            if (isProblem)
                answer.IsProblem(404);
            else
                Assert.Contains("nothing here", answer.Text, StringComparison.Ordinal);
        }

        (await _anyone.GetAsync("/crud/post", ("Accept", accept))).Is(200);
    }

    [Fact]
    public async Task Commonly_guessed_addresses_lead_to_a_page()
    {
        Assert.Equal("/auth/login?return=%2Fcrud", (await _anyone.GetAsync("/login?return=%2Fcrud", Browser)).Is(302).Header("Location"));
        Assert.Equal("/auth/register", (await _anyone.GetAsync("/register", Browser)).Is(302).Header("Location"));
        Assert.Equal("/auth/account", (await _anyone.GetAsync("/account", Browser)).Is(302).Header("Location"));
        Assert.Equal(
            "/auth/account/security",
            (await _anyone.GetAsync("/.well-known/change-password", Browser)).Is(302).Header("Location")
        );
        Assert.Contains("Disallow: /api/", (await _anyone.GetAsync("/robots.txt")).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal("image/x-icon", (await _anyone.GetAsync("/favicon.ico")).Is(200).Header("Content-Type"));
    }

    /// <summary>A Host with the test pages. The tests only read, so they share one.</summary>
    public sealed class HostWithPages : IAsyncLifetime
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kumiko-pages-");
        private HostProcess _host = null!;

        public Installation Installation { get; private set; } = null!;

        public Caller Anyone { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            await WriteAsync(
                "crud/index.html",
                $"<!doctype html><head><script src=\"/crud/_next/static/a.js\" async=\"\"></script><script>{Script}</script></head>board"
            );
            await WriteAsync("crud/index.txt", "the data of the board");
            await WriteAsync("crud/404.html", "<!doctype html>nothing here");
            await WriteAsync("crud/post.html", "<!doctype html>a post");
            await WriteAsync("crud/_next/static/a.js", new string('a', 10_000));
            await WriteAsync("auth/login.html", "<!doctype html>sign in");
            await WriteAsync("auth/404.html", "<!doctype html>nothing here");
            Installation = await new Topology().InstallAsync();
            _host = await Installation.StartAsync(("Frontends__Folder", _folder.FullName));
            Anyone = new Caller(_host.Address);
        }

        public async ValueTask DisposeAsync()
        {
            Anyone.Dispose();
            await _host.DisposeAsync();
            await Installation.DisposeAsync();
            _folder.Delete(recursive: true);
        }

        /// <summary>Adds a file to the pages, which the Host reads when it starts.</summary>
        public async Task WriteAsync(string path, string text)
        {
            var file = new FileInfo(Path.Combine(_folder.FullName, path));
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, text, TestContext.Current.CancellationToken);
        }
    }
}
