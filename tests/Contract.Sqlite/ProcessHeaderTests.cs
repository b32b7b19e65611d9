using Kumiko.Contract.Conventions;

namespace Kumiko.Contract.Sqlite;

/// <summary>A process that serves pages, files and documents itself protects each of them.</summary>
public class ProcessHeaderTests
{
    [Fact]
    public async Task Every_kind_of_answer_has_the_headers_that_protect_a_browser()
    {
        var folder = Directory.CreateTempSubdirectory("kumiko-pages-");
        foreach (
            var (path, text) in (ReadOnlySpan<(string, string)>)
                [
                    ("crud/index.html", "board"),
                    ("crud/404.html", "nothing"),
                    ("crud/icon.svg", "<svg/>"),
                    ("crud/_next/static/a.js", "a"),
                    ("auth/login.html", "door"),
                ]
        )
        {
            var file = new FileInfo(Path.Combine(folder.FullName, path));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
        }

        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Frontends__Folder", folder.FullName));
        using var anyone = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        (Caller Caller, string Path, int Status)[] answers =
        [
            (anyone, "/", 302),
            (anyone, "/crud", 200),
            (anyone, "/crud/", 308),
            (anyone, "/crud/nothing", 404),
            (anyone, "/crud/icon.svg", 200),
            (anyone, "/crud/_next/static/a.js", 200),
            (anyone, "/crud/nothing.js", 404),
            (anyone, "/auth/login", 200),
            (anyone, "/login", 302),
            (anyone, "/robots.txt", 200),
            (anyone, "/favicon.ico", 200),
            (anyone, "/nothing", 404),
            (anyone, "/docs/index.html", 200),
            (anyone, "/docs/index.js", 200),
            (anyone, "/docs/swagger-ui.css", 200),
            (anyone, "/docs/nothing", 404),
            (anyone, "/openapi/v1.json", 200),
            (anyone, "/openapi/nothing.json", 404),
            (anyone, "/metrics", 404),
            (operators, "/metrics", 200),
            (operators, "/health/ready", 200),
            (operators, "/nothing", 404),
        ];
        foreach (var (caller, path, status) in answers)
        {
            foreach (var accept in (string[])["*/*", "text/html,*/*;q=0.8"])
                HeaderTests.Protect((await caller.GetAsync(path, ("Accept", accept))).Is(status));
        }

        // A browser applies the headers of a 304 to its cached copy.
        foreach (var path in (string[])["/crud", "/docs/index.html"])
        {
            var page = (await anyone.GetAsync(path)).Is(200);
            var same = (await anyone.GetAsync(path, ("If-None-Match", page.ETag))).Is(304);
            HeaderTests.Protect(same);
            Assert.Equal(page.Header("Content-Security-Policy"), same.Header("Content-Security-Policy"));
        }

        HeaderTests.Protect((await anyone.GetAsync("/crud", ("Host", "evil.example"))).IsProblem(400));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_page_of_the_documents_exists_unless_the_setting_disables_it()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var with = await installation.StartAsync();
        using var reader = new Caller(with.Address);
        var page = (await reader.GetAsync("/docs/index.html")).Is(200);
        Assert.DoesNotMatch("<script(?![^>]*src=)|<style|\\son\\w+=|https?://", page.Text);
        Assert.DoesNotContain("unsafe", page.Header("Content-Security-Policy"), StringComparison.Ordinal);

        await using var without = await installation.StartAsync(("Docs__Enabled", "false"));
        using var anyone = new Caller(without.Address);
        foreach (var path in (string[])["/docs", "/docs/", "/docs/index.html", "/docs/swagger-ui-bundle.js"])
            (await anyone.GetAsync(path)).IsProblem(404);
        (await anyone.GetAsync("/openapi/v1.json")).Is(200);

        await using var neither = await installation.FailToStartAsync(("Docs__Enabled", "maybe"));
        Assert.Matches("^Docs:Enabled[^\n]*\n?$", neither.Errors);
    }
}
