using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The account page.</summary>
[Collection(nameof(InBrowser))]
public class AccountTests(Chromium chromium)
{
    [Fact]
    public async Task Deleting_the_account_is_confirmed_on_the_board_and_clears_the_browser()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await window.Box("Write a post").FillAsync(text);
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('kumiko.draft.'))");
        await page.GotoAsync("/auth/account");
        await window.Button("Delete account…").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[type=password]").FillAsync(Window.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();
        await page.IsAtAsync("**/crud");
        await Expect(page.GetByText("Your account has been deleted.")).ToBeVisibleAsync();
        await Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await Window.ForgetsAsync(page, text);
        await page.ReloadAsync();
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await Expect(page.GetByText("Your account has been deleted.")).ToHaveCountAsync(0);
    }
}
