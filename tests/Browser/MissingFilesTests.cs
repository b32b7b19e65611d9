using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Pages whose files fail to load, which the browser reports in the console.</summary>
[Collection(nameof(InBrowser))]
public class MissingFilesTests(Chromium chromium)
{
    [Fact]
    public async Task A_reload_repairs_a_page_whose_files_are_no_longer_served()
    {
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync("/crud");
        var settings = page.GetByRole(AriaRole.Button, new() { Name = "Settings" });
        // Until its scripts run, a page waits for its posts.
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        // As if the pages had been replaced by those of another version.
        await page.RouteAsync("**/_next/static/**", route => route.FulfillAsync(new() { Status = 404 }));
        await settings.ClickAsync();
        var reload = page.GetByRole(AriaRole.Button, new() { Name = "Reload" });
        await Expect(reload).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Join" })).ToBeVisibleAsync();

        await page.UnrouteAsync("**/_next/static/**");
        await page.EvaluateAsync("document.documentElement.dataset.old = ''");
        await reload.ClickAsync();
        await Expect(page.Locator("html:not([data-old])")).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await settings.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
    }
}
