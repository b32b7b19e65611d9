using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The search box and the page of results.</summary>
[Collection(nameof(InBrowser))]
public class SearchTests(Chromium chromium)
{
    [Fact]
    public async Task Typing_continues_in_the_search_box_while_the_results_load()
    {
        await using var visitor = await chromium.OpenAsync();
        await visitor.Page.GotoAsync("/crud");
        await Expect(visitor.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        var letGo = await visitor.HoldAsync("**/crud/search**");
        var search = visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        // The first address may be there for too short a time to be seen by asking for it.
        var visited = new ConcurrentQueue<string>();
        visitor.Page.FrameNavigated += (_, frame) => visited.Enqueue(frame.Url);
        await search.FillAsync("kig");
        await visitor.Page.RunAndWaitForRequestAsync(() => search.PressAsync("Enter"), new Regex("/crud/search"));
        await Expect(search).ToHaveValueAsync("kig");
        await search.PressSequentiallyAsync("umi");
        letGo();
        await visitor.Page.IsAtAsync("**/crud/search?q=kigumi");
        Assert.Contains(visited, address => address.EndsWith("/crud/search?q=kig", StringComparison.Ordinal));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("kigumi");
        await Expect(search).ToHaveValueAsync("kigumi");
    }

    [Fact]
    public async Task A_search_typed_before_the_scripts_run_is_kept()
    {
        await using var visitor = await chromium.OpenAsync();
        var letGo = await visitor.HoldAsync("**/_next/static/**/*.js");
        var search = visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await visitor.Page.GotoAsync("/crud", new() { WaitUntil = WaitUntilState.Commit });
        await search.FillAsync("kigumi");
        letGo();
        await Expect(visitor.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await Expect(search).ToBeFocusedAsync();
        await search.PressAsync("Enter");
        await visitor.Page.IsAtAsync("**/crud/search?q=kigumi");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(800)]
    public async Task The_search_box_is_centred_over_the_posts_for_visitors_and_users(int width)
    {
        await using var window = await chromium.OpenAsync(width: width);
        await window.Page.GotoAsync("/crud");
        await OnAxisAsync();
        await window.RegisterAsync("alice");
        await OnAxisAsync();

        async Task OnAxisAsync()
        {
            await Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            var away = await window.Page.EvaluateAsync<double>(
                "(() => { const middle = element => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; "
                    + "}; return Math.abs(middle(document.querySelector('[role=search]')) - middle(document.querySelector('main > div'))); "
                    + "})()"
            );
            Assert.True(away <= 1, $"{away} pixels beside the axis at {width}.");
        }
    }

    [Theory]
    [InlineData("en-GB", "Search")]
    [InlineData("ja-JP", "検索")]
    public async Task On_the_smallest_phone_the_placeholder_fits_and_there_is_one_link_to_sign_in(string language, string placeholder)
    {
        await using var window = await chromium.OpenAsync(language, width: 320);
        await window.Page.GotoAsync("/crud");
        await Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        var search = window.Page.GetByRole(AriaRole.Searchbox);
        await Expect(search).ToHaveAttributeAsync("placeholder", placeholder);
        Assert.True(
            await search.EvaluateAsync<bool>(
                "input => { const style = getComputedStyle(input); const pen = document.createElement('canvas').getContext('2d'); pen.font "
                    + "= style.font; return pen.measureText(input.placeholder).width <= input.clientWidth - parseFloat(style.paddingLeft) "
                    + "- parseFloat(style.paddingRight); }"
            ),
            "The placeholder is cut off."
        );
        await Expect(window.Page.Locator("a[href^='/auth/login']:visible")).ToHaveCountAsync(1);
        Assert.False(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task Japanese_text_breaks_between_phrases_when_nothing_is_found()
    {
        await using var window = await chromium.OpenAsync("ja-JP", width: 390);
        await window.Page.GotoAsync($"/crud/search?q={Guid.NewGuid():N}");
        var text = window.Page.GetByText("を含む投稿はありません");
        await Expect(text).ToBeVisibleAsync();
        Assert.Equal("auto-phrase", await text.EvaluateAsync<string>("element => getComputedStyle(element).wordBreak"));
    }
}
