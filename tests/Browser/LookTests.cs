using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>Layout and colours.</summary>
[Collection(nameof(InBrowser))]
public class LookTests(Chromium chromium, RunningKumiko kumiko)
{
    [Fact]
    public async Task A_dialog_moves_nothing_and_leaves_no_strip_beside_it()
    {
        await using var window = await chromium.OpenOwnAsync(width: 1440, hasScrollBars: true);
        var page = window.Page;
        await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Assertions.Expect(window.Button("Delete account…")).ToBeVisibleAsync();
        await window.Button("Delete account…").ScrollIntoViewIfNeededAsync();
        const string Places =
            "[...document.querySelectorAll('header a, h1, nav a, main section')].map(element => JSON.stringify(element.getBoundingClientRect())).join()";
        var before = await page.EvaluateAsync<string>(Places);
        var position = await page.EvaluateAsync<int>("window.scrollY");
        Assert.True(await page.EvaluateAsync<bool>("innerWidth > document.documentElement.clientWidth"), "Scroll bars take no room here.");
        await window.Button("Delete account…").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        // The dimming of the page covers the scroll bar, which is still there.
        Assert.Equal(
            0,
            await page.EvaluateAsync<int>(
                "document.documentElement.clientWidth - Math.round(document.querySelector('[data-state=open].fixed.inset-0').getBoundingClientRect().right)"
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
    public async Task The_header_reaches_the_edge_on_short_pages_and_long_ones_alike()
    {
        await using var window = await chromium.OpenOwnAsync(width: 1440, hasScrollBars: true);
        foreach (var path in (string[])["/crud/nothing-here", "/crud"])
        {
            await window.Page.GotoAsync(path);
            await Assertions.Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            Assert.Equal(
                15,
                await window.Page.EvaluateAsync<int>(
                    "innerWidth - Math.round(document.querySelector('header').getBoundingClientRect().right)"
                )
            );
            Assert.Equal("scroll", await window.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).overflowY"));
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(800)]
    public async Task The_search_box_stands_on_the_axis_of_the_posts_whoever_is_signed_in(int width)
    {
        await using var window = await chromium.OpenAsync(width: width);
        await window.Page.GotoAsync("/crud");
        await OnAxisAsync();
        await window.RegisterAsync("alice");
        await OnAxisAsync();

        async Task OnAxisAsync()
        {
            await Assertions.Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            var away = await window.Page.EvaluateAsync<double>(
                "(() => { const middle = element => { const { left, right } = element.getBoundingClientRect(); return (left + right) / 2; }; return Math.abs(middle(document.querySelector('[role=search]')) - middle(document.querySelector('main > div'))); })()"
            );
            Assert.True(away <= 1, $"{away} pixels beside the axis at {width}.");
        }
    }

    [Fact]
    public async Task Somebody_keeps_their_colour_under_another_name()
    {
        var person = await kumiko.NewPersonAsync("colour");
        var text = $"{Guid.NewGuid():N}";
        await person.WriteAsync(text);
        await using var visitor = await chromium.OpenAsync();
        var before = await ColourAsync();
        (await person.PatchAsync("/api/auth/me", new { username = person.Username.ToUpperInvariant() })).Is(200);
        await Assertions.Expect(visitor.Post(text)).ToContainTextAsync(person.Username.ToUpperInvariant());
        Assert.Equal(before, await ColourAsync());

        async Task<string> ColourAsync()
        {
            await visitor.Page.GotoAsync($"/crud/search?q={text}");
            return await visitor
                .Post(text)
                .Locator("span[aria-hidden=true]")
                .First.EvaluateAsync<string>("element => element.style.backgroundColor");
        }
    }

    [Fact]
    public async Task The_frame_of_the_browser_follows_the_theme_that_was_chosen()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync("/crud");
        Assert.Equal("#faf8f4", await FrameAsync());
        await ChooseAsync("Dark");
        await page.WaitForFunctionAsync("() => document.documentElement.classList.contains('dark')");
        Assert.Equal("rgb(21, 19, 15)", await FrameAsync());
        foreach (var path in (string[])["/crud", "/auth/login"])
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Settings" })).ToBeVisibleAsync();
            Assert.Equal("rgb(21, 19, 15)", await FrameAsync());
        }

        await ChooseAsync("Match system");
        await page.WaitForFunctionAsync("() => !document.documentElement.classList.contains('dark')");
        Assert.Equal("#faf8f4", await FrameAsync());

        async Task ChooseAsync(string theme)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Settings" }).ClickAsync();
            await page.GetByRole(AriaRole.Menuitemradio, new() { Name = theme }).ClickAsync();
        }

        // The browser uses the first one whose media query matches.
        async Task<string> FrameAsync() =>
            await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('meta[name=theme-color]')].find(meta => meta.media === '' || matchMedia(meta.media).matches).content"
            );
    }

    [Theory]
    [InlineData("en-GB", "Search")]
    [InlineData("ja-JP", "検索")]
    public async Task On_the_smallest_phone_the_search_box_shows_what_it_is_for_and_signing_in_is_offered_once(
        string language,
        string placeholder
    )
    {
        await using var window = await chromium.OpenAsync(language, width: 320);
        await window.Page.GotoAsync("/crud");
        await Assertions.Expect(window.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        var search = window.Page.GetByRole(AriaRole.Searchbox);
        await Assertions.Expect(search).ToHaveAttributeAsync("placeholder", placeholder);
        Assert.True(
            await search.EvaluateAsync<bool>(
                "input => { const style = getComputedStyle(input); const pen = document.createElement('canvas').getContext('2d'); pen.font = style.font; return pen.measureText(input.placeholder).width <= input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight); }"
            ),
            "The placeholder is cut off."
        );
        Assert.Equal(
            1,
            await window.Page.EvaluateAsync<int>(
                "[...document.querySelectorAll('a[href^=\"/auth/login\"]')].filter(link => link.checkVisibility()).length"
            )
        );
        Assert.False(await window.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }

    [Fact]
    public async Task What_is_filled_with_colour_has_an_edge_where_colours_are_forced()
    {
        await using var window = await chromium.OpenAsync();
        await window.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await window.Page.GotoAsync("/crud");
        var join = window.Page.GetByRole(AriaRole.Link, new() { Name = "Join" });
        await Assertions.Expect(join).ToBeVisibleAsync();
        const string Edge =
            "element => { const style = getComputedStyle(element); return style.borderTopStyle === 'solid' && parseFloat(style.borderTopWidth) >= 1 && style.borderTopColor !== style.backgroundColor; }";
        Assert.True(await join.EvaluateAsync<bool>(Edge));
        await window.Page.GotoAsync("/auth/login");
        Assert.True(await window.Button("Sign in").EvaluateAsync<bool>(Edge));
    }

    [Fact]
    public async Task Japanese_breaks_between_phrases_where_nothing_is_found()
    {
        await using var window = await chromium.OpenAsync("ja-JP", width: 390);
        await window.Page.GotoAsync($"/crud/search?q={Guid.NewGuid():N}");
        var text = window.Page.GetByText("を含む投稿はありません");
        await Assertions.Expect(text).ToBeVisibleAsync();
        Assert.Equal("auto-phrase", await text.EvaluateAsync<string>("element => getComputedStyle(element).wordBreak"));
    }

    [Fact]
    public async Task An_address_without_a_page_leads_on_from_the_column_of_the_others()
    {
        await using var window = await chromium.OpenAsync(width: 1440);
        await window.Page.GotoAsync("/crud/nothing-here");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Page not found" })).ToBeVisibleAsync();
        Assert.Equal(
            680,
            await window.Page.EvaluateAsync<int>("Math.round(document.querySelector('main .lattice').getBoundingClientRect().width)")
        );
        var search = window.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync("kigumi");
        await search.PressAsync("Enter");
        await window.Page.IsAtAsync("**/crud/search?q=kigumi");
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("kigumi");
    }

    [Fact]
    public async Task A_password_that_is_refused_as_easy_to_guess_shows_as_that()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Password1");
        await Assertions.Expect(page.GetByText("Strength: easy to guess")).ToBeVisibleAsync();
        // A rule that only the server checks: a word from a film.
        await page.GetByLabel("E-mail address").FillAsync($"{Guid.NewGuid():N}@example.test");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Person.UniqueName("weak"));
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("something");
        await Assertions.Expect(page.GetByText("Strength: fair")).ToBeVisibleAsync();
        await window.Button("Create account").ClickAsync();
        await Assertions.Expect(page.GetByText("That password is easy to guess")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Strength: easy to guess")).ToBeVisibleAsync();
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
                "[...document.querySelectorAll('link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest]')].map(link => link.getAttribute('href'))"
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
                sizes.push(`${image.naturalWidth}x${image.naturalHeight}` === icon.sizes ? `${icon.sizes} ${icon.purpose ?? 'any'}` : icon.src);
              }
              return sizes.join();
            })()
            """
        );
        Assert.Equal("192x192 any,512x512 any,512x512 maskable", icons);
    }
}
