using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Contract.Browser;

/// <summary>A browser has six connections to a server that speaks HTTP/1.1, and may have more tabs than that.</summary>
[Collection(nameof(InBrowser))]
public class TabsTests(Chromium chromium)
{
    private const int Count = 8;

    [Fact]
    public async Task Many_tabs_live_on_one_stream_and_go_on_when_the_one_that_reads_it_closes()
    {
        await using var window = await chromium.OpenAsync();
        await window.RegisterAsync();
        var first = $"first {Guid.NewGuid():N}";
        await window.WriteAsync(first);
        var streams = new ConcurrentDictionary<IPage, int>();
        List<IPage> tabs = [window.Page];
        Watch(window.Page, streams);
        await window.Page.ReloadAsync();
        while (tabs.Count < Count)
        {
            var tab = await window.OpenTabAsync();
            Watch(tab, streams);
            await tab.GotoAsync("/crud");
            tabs.Add(tab);
            await Expect(Post(tab, first)).ToBeVisibleAsync(new() { Timeout = 5_000 });
        }

        // In one of the others: the reader is told by its tabs what it wrote, too.
        var second = await WriteAsync(tabs[^1], tabs);
        await Expect(Post(tabs[0], second)).ToHaveCountAsync(1);
        var reader = Assert.Single(streams).Key;

        await reader.CloseAsync();
        tabs.Remove(reader);
        await WriteAsync(tabs[0], tabs);
        Assert.Equal(2, streams.Count);
    }

    private static void Watch(IPage page, ConcurrentDictionary<IPage, int> streams) => page.Request += (_, request) =>
    {
        if (request.Url.EndsWith("/posts/stream", StringComparison.Ordinal))
            streams.AddOrUpdate(page, 1, (_, count) => count + 1);
    };

    // A post by the same person is shown at once, wherever they have the board open.
    private static async Task<string> WriteAsync(IPage writer, List<IPage> tabs)
    {
        var text = $"{Guid.NewGuid():N}";
        await writer.GetByRole(AriaRole.Textbox, new() { Name = "Write a post", Exact = true }).FillAsync(text);
        await writer.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        foreach (var tab in tabs)
            await Expect(Post(tab, text)).ToBeVisibleAsync(new() { Timeout = 5_000 });
        return text;
    }

    private static ILocator Post(IPage tab, string text) => tab.Locator("article[id^=post-]").Filter(new() { HasText = text });
}
