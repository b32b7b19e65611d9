using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The page on which developers read and try the API.</summary>
[Collection(nameof(InBrowser))]
public class ApiDocumentsTests(Chromium chromium)
{
    [Fact]
    public async Task The_page_works_and_runs_only_its_own_scripts()
    {
        await using var window = await chromium.OpenAsync();
        // Closing the window asserts that the page's policy blocked nothing and that the page contacted no other server.
        await window.Page.GotoAsync("/docs");
        await window.Page.Locator("#operations-Posts-ListPosts .opblock-summary-control").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(window.Page.Locator(".live-responses-table tbody .response-col_status").First).ToContainTextAsync("200");
    }
}
