using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>A browser opens at most six connections to an HTTP/1.1 server, and may have more tabs than that.</summary>
[Collection(nameof(InBrowser))]
public class TabsTests(Chromium chromium, RunningKumiko kumiko)
{
    private const int Count = 8;

    [Fact]
    public async Task Many_tabs_share_one_stream_and_continue_when_the_reading_tab_closes()
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
            await Expect(Post(tab, first)).ToBeVisibleAsync();
        }

        // Written in another tab: the tab that reads the stream learns of it, too.
        var second = await WriteAsync(tabs[^1], tabs);
        await Expect(Post(tabs[0], second)).ToHaveCountAsync(1);
        var reader = Assert.Single(streams).Key;

        await reader.CloseAsync();
        tabs.Remove(reader);
        await WriteAsync(tabs[0], tabs);
        Assert.Equal(2, streams.Count);
    }

    [Fact]
    public async Task Another_tab_reads_while_the_reading_tab_is_frozen_which_then_catches_up()
    {
        await using var window = await chromium.OpenAsync();
        var news = await News.BeginAsync(kumiko);
        var (reader, other, streams) = await OpenTwoAsync(window, news);
        // A page that automation keeps focused is never really frozen, so dispatch the events that a browser sends before and after.
        await reader.EvaluateAsync("document.dispatchEvent(new Event('freeze'))");
        await Expect(Post(other, await news.ChangeAsync())).ToBeVisibleAsync();
        Assert.Contains(other, streams.Keys);
        await Expect(Post(reader, news.Text)).ToHaveCountAsync(0);
        await reader.EvaluateAsync("document.dispatchEvent(new Event('resume'))");
        await Expect(Post(reader, news.Text)).ToBeVisibleAsync();
        await ExpectInBothAsync(reader, other, await news.ChangeAsync());
    }

    [Fact]
    public async Task Another_tab_reads_while_the_reading_tab_is_in_the_back_forward_cache_and_then_catches_up()
    {
        await using var window = await chromium.OpenOwnAsync(keepsPages: true);
        var news = await News.BeginAsync(kumiko);
        var (reader, other, streams) = await OpenTwoAsync(window, news);
        await reader.EvaluateAsync("addEventListener('pageshow', ({ persisted }) => { window.isFromBefore = persisted; })");
        await reader.GotoAsync("/auth/login");
        await Expect(Post(other, await news.ChangeAsync())).ToBeVisibleAsync();
        Assert.Contains(other, streams.Keys);
        await reader.EvaluateAsync("history.back()");
        await reader.IsAtAsync("**/crud", isRestored: true);
        Assert.True(await reader.EvaluateAsync<bool>("window.isFromBefore"), "The page was loaded anew.");
        await Expect(Post(reader, news.Text)).ToBeVisibleAsync();
        await ExpectInBothAsync(reader, other, await news.ChangeAsync());
    }

    [Fact]
    public async Task A_tab_reads_when_the_reading_tab_has_fallen_silent()
    {
        await using var window = await chromium.OpenAsync();
        var news = await News.BeginAsync(kumiko);
        // Simulates a tab that was frozen without a warning: it holds the lock of the stream and sends nothing.
        var silent = await window.OpenTabAsync();
        await silent.GotoAsync("/auth/login");
        await silent.EvaluateAsync(
            "new Promise(held => { navigator.locks.request('kumiko.posts', () => { held(); return new Promise(() => {}); }); })"
        );
        var page = window.Page;
        ConcurrentDictionary<IPage, int> streams = [];
        Watch(page, streams);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/crud");
        await Expect(Post(page, news.Text)).ToBeVisibleAsync();
        await page.Clock.FastForwardAsync("00:05");
        await page.WaitForFunctionAsync("async () => (await navigator.locks.query()).pending.some(lock => lock.name === 'kumiko.posts')");
        Assert.Empty(streams);
        await page.RunAndWaitForRequestAsync(() => page.Clock.RunForAsync("00:50"), request => IsStream(request));
        await Expect(Post(page, await news.ChangeAsync())).ToBeVisibleAsync();
    }

    // The first tab reads for both.
    private static async Task<(IPage Reader, IPage Other, ConcurrentDictionary<IPage, int> Streams)> OpenTwoAsync(Window window, News news)
    {
        ConcurrentDictionary<IPage, int> streams = [];
        var reader = window.Page;
        Watch(reader, streams);
        await reader.RunAndWaitForResponseAsync(() => reader.GotoAsync("/crud"), answer => IsStream(answer.Request));
        var other = await window.OpenTabAsync();
        Watch(other, streams);
        await other.GotoAsync("/crud");
        // The other tab waits for the lock.
        await other.WaitForFunctionAsync("async () => (await navigator.locks.query()).pending.some(lock => lock.name === 'kumiko.posts')");
        await ExpectInBothAsync(reader, other, await news.ChangeAsync());
        Assert.Equal(reader, Assert.Single(streams).Key);
        return (reader, other, streams);
    }

    private static async Task ExpectInBothAsync(IPage one, IPage other, string text)
    {
        await Expect(Post(one, text)).ToBeVisibleAsync();
        await Expect(Post(other, text)).ToBeVisibleAsync();
    }

    private static bool IsStream(IRequest request) => request.Url.EndsWith("/posts/stream", StringComparison.Ordinal);

    private static void Watch(IPage page, ConcurrentDictionary<IPage, int> streams) =>
        page.Request += (_, request) =>
        {
            if (IsStream(request))
                streams.AddOrUpdate(page, 1, (_, count) => count + 1);
        };

    // A post by the same person is shown at once in all tabs that have the board open.
    private static async Task<string> WriteAsync(IPage writer, List<IPage> tabs)
    {
        var text = $"{Guid.NewGuid():N}";
        await writer.GetByRole(AriaRole.Textbox, new() { Name = "Write a post", Exact = true }).FillAsync(text);
        await writer.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        foreach (var tab in tabs)
            await Expect(Post(tab, text)).ToBeVisibleAsync();
        return text;
    }

    private static ILocator Post(IPage tab, string text) => tab.Locator("article[id^=post-]").Filter(new() { HasText = text });

    // A post that somebody elsewhere changes repeatedly. Every board that receives the changes shows them.
    private sealed class News(Person author, Answer first)
    {
        private Answer _post = first;

        public string Text => _post.Content!;

        public static async Task<News> BeginAsync(RunningKumiko kumiko)
        {
            var author = await kumiko.NewPersonAsync("news");
            return new News(author, await author.WriteAsync($"{Guid.NewGuid():N}"));
        }

        public async Task<string> ChangeAsync()
        {
            _post = (
                await author.PutAsync($"/api/crud/posts/{_post.Id}", new { content = $"{Guid.NewGuid():N}" }, ("If-Match", _post.ETag!))
            ).Is(200);
            return Text;
        }
    }
}
