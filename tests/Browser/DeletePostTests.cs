using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Deleting a post.</summary>
[Collection(nameof(InBrowser))]
public class DeletePostTests(Chromium chromium)
{
    [Fact]
    public async Task A_post_deleted_just_before_signing_out_is_gone()
    {
        await using var alice = await chromium.OpenAsync();
        var page = alice.Page;
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.ChooseAsync(text, "Delete");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(alice.Post(text)).ToHaveCountAsync(1);
        await Expect(alice.Button("Undo")).ToHaveCountAsync(0);
        await alice.ChooseAsync(text, "Delete");
        await Expect(alice.Button("Undo")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GotoAsync($"/crud/search?q={text}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }
}
