using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>New posts that wait until the reader asks for them.</summary>
[Collection(nameof(InBrowser))]
public partial class NewsTests(Chromium chromium, RunningKumiko kumiko)
{
    [Theory]
    [InlineData(390, 150)]
    [InlineData(390, 300)]
    [InlineData(390, 500)]
    [InlineData(390, 700)]
    [InlineData(390, 1_300)]
    [InlineData(1440, 150)]
    [InlineData(1440, 300)]
    [InlineData(1440, 500)]
    [InlineData(1440, 700)]
    [InlineData(1440, 1_300)]
    public async Task Whoever_asks_for_them_is_taken_to_them_from_wherever_they_read(int width, int position)
    {
        var author = await kumiko.BobAsync();
        for (var post = 0; post < 16; post++)
            await author.WriteAsync($"one {Guid.NewGuid():N}\ntwo");
        await using var visitor = await chromium.OpenAsync(width: width);
        var page = visitor.Page;
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync("/crud"), StreamAddress());
        await Assertions.Expect(page.Locator("article[id^=post-]").First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(width / 2, 500);
        await page.Mouse.WheelAsync(0, position);
        await page.WaitForFunctionAsync("position => window.scrollY === position", position);

        // Its height differs from the one that a list assumes before measuring.
        var news = $"news {Guid.NewGuid():N}\nof three\nlines";
        await author.WriteAsync(news);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = News() }).ClickAsync();
        var first = visitor.Post(news.Split('\n')[0]);
        await Assertions.Expect(first).ToBeFocusedAsync();
        await Assertions.Expect(first).ToBeInViewportAsync(new() { Ratio = 1 });
        // A list makes its corrections in the frames after it has drawn and measured.
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 300))");
        Assert.Equal(0, await page.EvaluateAsync<int>("window.scrollY"));
        await Assertions.Expect(first).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    [GeneratedRegex("new posts?$")]
    private static partial Regex News();

    [GeneratedRegex("/api/crud/posts/stream")]
    private static partial Regex StreamAddress();
}
