using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The page to sign in.</summary>
[Collection(nameof(InBrowser))]
public class SignInTests(Chromium chromium)
{
    [Fact]
    public async Task A_form_submitted_before_the_scripts_run_signs_in()
    {
        await using var visitor = await chromium.OpenAsync();
        var name = await visitor.RegisterAsync();
        await visitor.Page.Context.ClearCookiesAsync();
        var letGo = await visitor.HoldAsync("**/_next/static/**/*.js");
        await visitor.Page.GotoAsync("/auth/login", new() { WaitUntil = WaitUntilState.Commit });
        await visitor.Page.GetByLabel("E-mail address").FillAsync($"{name}@example.test");
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
        await visitor.Button("Sign in").ClickAsync();
        letGo();
        await visitor.Page.IsAtAsync("**/crud");
    }

    [Theory]
    [InlineData("https://example.test/")]
    [InlineData("//example.test/")]
    [InlineData("/\\example.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task The_return_address_never_leads_to_another_site(string way)
    {
        await using var visitor = await chromium.OpenAsync();
        await visitor.RegisterAsync();
        await visitor.Page.GotoAsync($"/auth/login?return={Uri.EscapeDataString(way)}");
        await visitor.Page.IsAtAsync("**/crud");
    }

    [Fact]
    public async Task A_user_whose_session_has_ended_reads_that_they_were_signed_out()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        await page.Context.ClearCookiesAsync();
        // Another document, to which no page passes a token.
        await page.GotoAsync("about:blank");
        await page.GotoAsync("/auth/account/sessions");
        await page.IsAtAsync("**/auth/login**");
        await Expect(page.GetByText("You've been signed out.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Good to see you again.")).ToHaveCountAsync(0);
        // A bookmark of the same page, opened later.
        await page.GotoAsync("/auth/account/sessions");
        await page.IsAtAsync("**/auth/login**");
        await Expect(page.GetByText("Good to see you again.")).ToBeVisibleAsync();
    }
}
