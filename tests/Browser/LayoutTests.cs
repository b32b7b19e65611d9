using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Layout and colours that all pages share.</summary>
[Collection(nameof(InBrowser))]
public class LayoutTests(Chromium chromium, RunningKumiko kumiko)
{
    [Fact]
    public async Task A_dialog_moves_nothing_and_covers_the_whole_page()
    {
        await using var window = await chromium.OpenOwnAsync(width: 1440, hasScrollBars: true);
        var page = window.Page;
        await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Expect(window.Button("Delete account…")).ToBeVisibleAsync();
        await window.Button("Delete account…").ScrollIntoViewIfNeededAsync();
        const string Places =
            "[...document.querySelectorAll('header a, h1, nav a, main section')].map(element => "
            + "JSON.stringify(element.getBoundingClientRect())).join()";
        var before = await page.EvaluateAsync<string>(Places);
        var position = await page.EvaluateAsync<int>("window.scrollY");
        Assert.True(await page.EvaluateAsync<bool>("innerWidth > document.documentElement.clientWidth"), "Scroll bars take no room here.");
        await window.Button("Delete account…").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        // The dimming of the page covers the scroll bar, which is still there.
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                "document.documentElement.clientWidth - "
                    + "Math.round(document.querySelector('[data-state=open].fixed.inset-0').getBoundingClientRect().right)"
            )
        );
        Assert.True(await page.EvaluateAsync<bool>("innerWidth > document.documentElement.clientWidth"));
        // The page behind does not scroll.
        await page.Mouse.MoveAsync(20, 400);
        await page.Mouse.WheelAsync(0, position == 0 ? 300 : -300);
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 300))");
        Assert.Equal(position, await page.EvaluateAsync<int>("window.scrollY"));
    }

    [Fact]
    public async Task The_header_reaches_the_edge_on_short_and_long_pages()
    {
        await using var window = await chromium.OpenOwnAsync(width: 1440, hasScrollBars: true);
        foreach (var path in (string[])["/crud/nothing-here", "/crud"])
        {
            await window.Page.GotoAsync(path);
            await Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            Assert.Equal(
                15,
                await window.Page.EvaluateAsync<int>(
                    "innerWidth - Math.round(document.querySelector('header').getBoundingClientRect().right)"
                )
            );
            Assert.Equal("scroll", await window.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).overflowY"));
        }
    }

    [Fact]
    public async Task The_browsers_frame_follows_the_chosen_theme()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync("/crud");
        await HasFrameAsync("#faf8f4");
        await ChooseAsync("Dark");
        await page.WaitForFunctionAsync("() => document.documentElement.classList.contains('dark')");
        await HasFrameAsync("rgb(21, 19, 15)");
        foreach (var path in (string[])["/crud", "/auth/login"])
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Settings" })).ToBeVisibleAsync();
            await HasFrameAsync("rgb(21, 19, 15)");
        }

        await ChooseAsync("Match system");
        await page.WaitForFunctionAsync("() => !document.documentElement.classList.contains('dark')");
        await HasFrameAsync("#faf8f4");

        async Task ChooseAsync(string theme)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitemradio, new() { Name = theme }).ClickAsync();
        }

        // The browser uses the first one whose media query matches.
        Task HasFrameAsync(string colour) =>
            page.WaitForFunctionAsync(
                "colour => [...document.querySelectorAll('meta[name=theme-color]')].find(meta => meta.media === '' || "
                    + "matchMedia(meta.media).matches)?.content === colour",
                colour
            );
    }

    [Fact]
    public async Task The_page_not_found_has_the_usual_column_and_a_working_search_box()
    {
        await using var window = await chromium.OpenAsync(width: 1440);
        await window.Page.GotoAsync("/crud/nothing-here");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Page not found" })).ToBeVisibleAsync();
        Assert.Equal(
            680,
            await window.Page.EvaluateAsync<int>("Math.round(document.querySelector('main .lattice').getBoundingClientRect().width)")
        );
        var search = window.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync("kigumi");
        await search.PressAsync("Enter");
        await window.Page.IsAtAsync("**/crud/search?q=kigumi");
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("kigumi");
    }

    [Fact]
    public async Task The_pages_have_icons_a_manifest_and_a_description()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        foreach (var path in (string[])["/crud", "/auth/login"])
        {
            await page.GotoAsync(path);
            Assert.True((await page.Locator("meta[name=description]").GetAttributeAsync("content"))!.Length > 20);
            var links = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]')].map(link => "
                    + "link.getAttribute('href'))"
            );
            Assert.True(links.Length >= 3, path);
            foreach (var link in links)
                (await kumiko.Anyone.GetAsync(link)).Is(200);
        }

        var icons = await page.EvaluateAsync<string>(
            """
            (async () => {
              const manifest = await (await fetch(document.querySelector('link[rel=manifest]').href)).json();
              const sizes = [];
              for (const icon of manifest.icons) {
                const image = new Image();
                image.src = icon.src;
                await image.decode();
                const size = `${image.naturalWidth}x${image.naturalHeight}`;
                sizes.push(size === icon.sizes ? `${icon.sizes} ${icon.purpose ?? 'any'}` : icon.src);
              }
              return sizes.join();
            })()
            """
        );
        Assert.Equal("192x192 any,512x512 any,512x512 maskable", icons);
    }
}
