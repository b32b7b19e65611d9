using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The sign that the next page is loading, for people with a slow network.</summary>
[Collection(nameof(InBrowser))]
public class ProgressTests(Chromium chromium, RunningKumiko kumiko)
{
    [Theory]
    [InlineData("author")]
    [InlineData("post")]
    [InlineData("search")]
    public async Task A_tap_shows_at_once_that_the_next_page_is_loading(string page)
    {
        var author = await Person.JoinAsync(kumiko.Anyone, "author");
        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        await author.WriteAsync(word);
        await using var visitor = await chromium.OpenAsync();
        await visitor.Page.GotoAsync("/crud");
        await Expect(visitor.Post(word)).ToBeVisibleAsync();
        // The data of the next page, which takes as long as the network takes.
        var letGo = await visitor.HoldAsync($"**/crud/{page}**");
        var progress = visitor.Page.GetByRole(AriaRole.Progressbar);

        if (page == "search")
        {
            await visitor.Page.GetByRole(AriaRole.Searchbox).FillAsync(word);
            await visitor.Page.Keyboard.PressAsync("Enter");
        }
        else
        {
            await visitor.Post(word).Locator($"a[href*='/{page}?']").ClickAsync();
        }

        await Expect(progress).ToHaveAttributeAsync("aria-label", "Loading…");
        Assert.EndsWith("/crud", new Uri(visitor.Page.Url).AbsolutePath, StringComparison.Ordinal);
        letGo();
        await visitor.Page.IsAtAsync($"**/crud/{page}?*");
        await Expect(progress).ToHaveCountAsync(0);
    }
}
