using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>Browsers that keep nothing: with cookies and storage blocked, or on a page that came over plain HTTP.</summary>
[Collection(nameof(InBrowser))]
public class BarredTests(Chromium chromium, RunningKumiko kumiko)
{
    // "Block all cookies", which in Chromium blocks storage, locks and channels between tabs, too.
    private const string Blocked = """{"profile":{"default_content_setting_values":{"cookies":2}}}""";

    [Fact]
    public async Task What_anyone_may_read_is_read_with_cookies_blocked()
    {
        var author = await kumiko.NewPersonAsync("reads");
        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        var post = (await author.WriteAsync(word)).Id;
        await using var visitor = await chromium.OpenOwnAsync(preferences: Blocked);
        var refreshes = 0;
        foreach (var path in (string[])["/crud", $"/crud/post?id={post}", $"/crud/search?q={word}", $"/crud/author?id={author.Id}"])
        {
            refreshes = 0;
            visitor.Page.Request += Count;
            await visitor.Page.GotoAsync(path);
            await Assertions.Expect(visitor.Post(path == "/crud" ? "" : word).First).ToBeVisibleAsync();
            await Assertions.Expect(visitor.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
            visitor.Page.Request -= Count;
            Assert.True(refreshes <= 1, $"{path} asks {refreshes} times who it is.");
        }

        Assert.True(await visitor.Page.EvaluateAsync<bool>("(() => { try { localStorage; return false; } catch { return true; } })()"), "Storage is not blocked.");

        void Count(object? sender, IRequest request) => refreshes += request.Url.EndsWith("/api/auth/refresh", StringComparison.Ordinal) ? 1 : 0;
    }

    [Theory]
    [InlineData("/auth/login", "Sign in")]
    [InlineData("/auth/register", "Create account")]
    [InlineData("/auth/account", "Sign in")]
    public async Task Who_would_not_be_kept_signed_in_with_cookies_blocked_is_told_so(string path, string button)
    {
        await using var visitor = await chromium.OpenOwnAsync(preferences: Blocked);
        await visitor.Page.GotoAsync(path);
        await Assertions.Expect(visitor.Page.GetByText("Your browser blocks cookies")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button(button)).ToBeDisabledAsync();
        await visitor.IsAccessibleAsync();
    }

    [Fact]
    public async Task Over_plain_HTTP_the_board_is_read_and_nobody_signs_in_to_be_signed_out_at_once()
    {
        Assert.SkipWhen(chromium.Home.Scheme == "https", "This installation answers over TLS only.");
        // As a machine in the same network would open it. A browser trusts localhost alone without TLS.
        var home = new UriBuilder(chromium.Home) { Host = "kumiko.test" }.Uri;
        await using var visitor = await chromium.OpenOwnAsync([$"--host-resolver-rules=MAP kumiko.test {chromium.Home.Host}"], home: home);
        var page = visitor.Page;
        await page.GotoAsync("/crud");
        Assert.False(await page.EvaluateAsync<bool>("isSecureContext"));
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Join" }).ClickAsync();
        await page.WaitForURLAsync("**/auth/register**");
        await Assertions.Expect(page.GetByText("This page came over plain HTTP")).ToContainTextAsync("https://");
        await Assertions.Expect(visitor.Button("Create account")).ToBeDisabledAsync();
        await page.GotoAsync("/auth/login");
        await Assertions.Expect(page.GetByText("This page came over plain HTTP")).ToContainTextAsync($"http://localhost:{chromium.Home.Port}");
        await Assertions.Expect(visitor.Button("Sign in")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Over_plain_HTTP_a_post_is_sent_all_the_same_by_whoever_has_a_token()
    {
        Assert.SkipWhen(chromium.Home.Scheme == "https", "This installation answers over TLS only.");
        var author = await kumiko.NewPersonAsync("plain");
        var home = new UriBuilder(chromium.Home) { Host = "kumiko.test" }.Uri;
        await using var window = await chromium.OpenOwnAsync([$"--host-resolver-rules=MAP kumiko.test {chromium.Home.Host}"], home: home);
        await window.Page.GotoAsync("/crud");
        await Assertions.Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        // As a tab hands it over that has signed in.
        var user = (await author.GetAsync("/api/auth/me")).Is(200).Text;
        await window.Page.EvaluateAsync(
            "([accessToken, user]) => new BroadcastChannel('kumiko.session').postMessage({ kind: 'tokens', tokens: { accessToken, expiresAt: Date.now() + 300000, user: JSON.parse(user) } })",
            new[] { author.AccessToken, user });
        var text = $"{Guid.NewGuid():N}";
        await window.WriteAsync(text);
    }
}
