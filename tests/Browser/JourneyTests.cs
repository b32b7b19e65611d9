using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>What people do across several pages.</summary>
[Collection(nameof(InBrowser))]
public class JourneyTests(Chromium chromium)
{
    [Fact]
    public async Task A_visitor_joins_writes_edits_finds_and_deletes()
    {
        await using var alice = await chromium.OpenAsync();
        var page = alice.Page;
        await page.GotoAsync("/");
        await Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Join" }).ClickAsync();
        await page.IsAtAsync("**/auth/register**");
        var name = await alice.RegisterAsync("alice");

        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        await alice.WriteAsync($"One joint, no nails: {word}");
        await alice.EditAsync(word, $"Two joints, no nails: {word}");
        await alice.Button("Save").ClickAsync();
        await Expect(alice.Post(word)).ToContainTextAsync("Two joints");

        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" }).FillAsync(word);
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync($"**/crud/search?q={word}");
        await Expect(alice.Post(word).Locator("mark").First).ToHaveTextAsync(word);

        await page.GotoAsync("/crud");
        await alice.ChooseAsync(word, "Delete");
        await Expect(alice.Post(word)).ToHaveCountAsync(0);
        await alice.Button("Undo").ClickAsync();
        await Expect(alice.Post(word)).ToHaveCountAsync(1);
        await alice.ChooseAsync(word, "Delete");
        await alice.Button("Dismiss").ClickAsync();
        await Expect(alice.Post(word)).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Your posts" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(name);
        await Expect(page.GetByText("No posts yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_Japanese_reader_sees_Japanese_pages_and_finds_what_they_wrote()
    {
        await using var hanako = await chromium.OpenAsync("ja-JP", isDark: true, width: 360);
        var page = hanako.Page;
        await page.GotoAsync("/auth/register?return=%2Fcrud");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("アカウントを作成");
        var name = $"花子{Random.Shared.Next(100_000_000):D8}";
        await page.Locator("input[type=email]").FillAsync($"{Guid.NewGuid():N}@example.test");
        await page.Locator("input[autocomplete=username], input[autocomplete=nickname]").First.FillAsync(name);
        await page.Locator("input[autocomplete=new-password]").FillAsync("七本の松葉 in the rain");
        await page.Locator("form button[type=submit]").ClickAsync();
        await page.IsAtAsync("**/crud");

        var word = $"木組み{Guid.NewGuid():N}"[..9];
        // As an input method does: the key that ends a composition sends nothing.
        var box = page.Locator("main textarea").First;
        await box.FillAsync($"釘を使わない{word}の技");
        await box.DispatchEventAsync(
            "keydown",
            new
            {
                key = "Enter",
                ctrlKey = true,
                isComposing = true,
            }
        );
        await Expect(box).ToHaveValueAsync($"釘を使わない{word}の技");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(hanako.Post(word)).ToHaveCountAsync(1);
        await page.GotoAsync($"/crud/search?q={Uri.EscapeDataString(word)}");
        await Expect(hanako.Post(word).Locator("mark").First).ToHaveTextAsync(word);
        await hanako.IsAccessibleAsync();
    }
}
