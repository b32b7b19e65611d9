using Microsoft.Playwright;

namespace Kumiko.Browser;

/// <summary>Pages that came over plain HTTP under a name other than localhost. The containers answer over TLS only.</summary>
[Collection(nameof(InBrowser))]
public class PlainHttpTests(Chromium chromium, RunningKumiko kumiko)
{
    [Fact]
    public async Task The_board_can_be_read_but_nobody_can_sign_in()
    {
        // As a machine in the same network would open it. Without TLS, a browser trusts only localhost.
        var home = new UriBuilder(chromium.Home) { Host = "kumiko.test" }.Uri;
        await using var visitor = await chromium.OpenOwnAsync([$"--host-resolver-rules=MAP kumiko.test {chromium.Home.Host}"], home: home);
        var page = visitor.Page;
        await page.GotoAsync("/crud");
        Assert.False(await page.EvaluateAsync<bool>("isSecureContext"));
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Join" }).ClickAsync();
        await page.IsAtAsync("**/auth/register**");
        await Assertions.Expect(page.GetByText("This page came over plain HTTP")).ToContainTextAsync("https://");
        await Assertions.Expect(visitor.Button("Create account")).ToBeDisabledAsync();
        await page.GotoAsync("/auth/login");
        await Assertions
            .Expect(page.GetByText("This page came over plain HTTP"))
            .ToContainTextAsync($"http://localhost:{chromium.Home.Port}");
        await Assertions.Expect(visitor.Button("Sign in")).ToBeDisabledAsync();
    }

    [Fact]
    public async Task A_tab_that_has_a_token_can_post()
    {
        var author = await kumiko.NewPersonAsync("plain");
        var home = new UriBuilder(chromium.Home) { Host = "kumiko.test" }.Uri;
        await using var window = await chromium.OpenOwnAsync([$"--host-resolver-rules=MAP kumiko.test {chromium.Home.Host}"], home: home);
        await window.Page.GotoAsync("/crud");
        await Assertions.Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        // As a signed-in tab passes it on.
        var user = (await author.GetAsync("/api/auth/me")).Is(200).Text;
        await window.Page.EvaluateAsync(
            "([accessToken, user]) => new BroadcastChannel('kumiko.session').postMessage({ kind: 'tokens', tokens: { accessToken, "
                + "expiresAt: Date.now() + 300000, user: JSON.parse(user) } })",
            new[] { author.AccessToken, user }
        );
        var text = $"{Guid.NewGuid():N}";
        await window.WriteAsync(text);
    }
}
