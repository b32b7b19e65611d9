using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Browsers with cookies and storage blocked.</summary>
[Collection(nameof(InBrowser))]
public class CookiesBlockedTests(Chromium chromium, RunningKumiko kumiko)
{
    // The setting "Block all cookies", which in Chromium also blocks storage, locks and channels between tabs.
    private const string Blocked = """{"profile":{"default_content_setting_values":{"cookies":2}}}""";

    [Fact]
    public async Task Public_pages_work()
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
            await Expect(visitor.Post(path == "/crud" ? "" : word).First).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
            visitor.Page.Request -= Count;
            Assert.True(refreshes <= 1, $"{path} asks {refreshes} times who it is.");
        }

        Assert.True(
            await visitor.Page.EvaluateAsync<bool>("(() => { try { localStorage; return false; } catch { return true; } })()"),
            "Storage is not blocked."
        );

        void Count(object? sender, IRequest request) =>
            refreshes += request.Url.EndsWith("/api/auth/refresh", StringComparison.Ordinal) ? 1 : 0;
    }

    [Theory]
    [InlineData("/auth/login", "Sign in")]
    [InlineData("/auth/register", "Create account")]
    [InlineData("/auth/account", "Sign in")]
    public async Task Pages_that_need_cookies_say_that_they_are_blocked(string path, string button)
    {
        await using var visitor = await chromium.OpenOwnAsync(preferences: Blocked);
        await visitor.Page.GotoAsync(path);
        await Expect(visitor.Page.GetByText("Your browser blocks cookies")).ToBeVisibleAsync();
        await Expect(visitor.Button(button)).ToBeDisabledAsync();
        await visitor.IsAccessibleAsync();
    }
}
