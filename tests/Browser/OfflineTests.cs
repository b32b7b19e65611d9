using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The pages without a network, and without scripts.</summary>
[Collection(nameof(InBrowser))]
public class OfflineTests(Chromium chromium, RunningKumiko kumiko)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Links_followed_offline_stay_on_the_site(int width)
    {
        var author = await kumiko.NewPersonAsync("writes");
        var word = $"kigumi{Guid.NewGuid():N}"[..16];
        await author.WriteAsync(word);
        await using var visitor = await OpenAsync("/crud", width);
        var page = visitor.Page;
        await Expect(visitor.Post(word)).ToBeVisibleAsync();
        await visitor.GoOfflineAsync(true);

        await visitor.Post(word).GetByRole(AriaRole.Link).Nth(1).ClickAsync();
        await page.IsAtAsync("**/crud/post?id=*");
        // It was in the list.
        await Expect(visitor.Post(word)).ToBeVisibleAsync();
        await Window.LookAsync(page, $"post-{width}");
        await visitor.Post(word).GetByRole(AriaRole.Link).First.ClickAsync();
        await page.IsAtAsync("**/crud/author?id=*");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = author.Username })).ToBeVisibleAsync();
        await Expect(page.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
        await Window.LookAsync(page, $"author-{width}");
        await page.GetByRole(AriaRole.Searchbox).FillAsync(word);
        await page.Keyboard.PressAsync("Enter");
        await page.IsAtAsync("**/crud/search?q=*");
        await Expect(page.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
        await Window.LookAsync(page, $"search-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kumiko, go to the board" }).ClickAsync();
        await page.IsAtAsync("**/crud");
        await Expect(page.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
        await page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByText("That needs a connection")).ToBeVisibleAsync();
        await visitor.Button("Settings").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
        await Window.LookAsync(page, $"menu-{width}");

        await visitor.GoOfflineAsync(false);
        await Expect(visitor.Post(word)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Links_of_the_sign_in_and_account_pages_followed_offline_leave_the_page_unchanged()
    {
        await using var visitor = await chromium.OpenOwnAsync(hasWorker: true);
        var page = visitor.Page;
        var board = page.GetByRole(AriaRole.Link, new() { Name = "Kumiko, go to the board" });
        await page.GotoAsync("/auth/login");
        await StaysAsync("Create an account", "Sign in");
        // Without a visit to the board, no worker keeps it.
        await visitor.GoOfflineAsync(true);
        await IsRefusedAsync(board);
        await visitor.GoOfflineAsync(false);
        await page.GotoAsync("/auth/register");
        await StaysAsync("Sign in", "Create an account");

        await visitor.RegisterAsync();
        await visitor.AreKeptAsync();
        foreach (
            var (path, link, title) in ((string, string, string)[])
                [
                    ("/auth/account", "Security", "Profile"),
                    ("/auth/account", "Sessions", "Profile"),
                    ("/auth/account/security", "Profile", "Security"),
                ]
        )
        {
            await page.GotoAsync(path);
            await StaysAsync(link, title);
        }

        await visitor.GoOfflineAsync(true);
        await board.ClickAsync();
        await page.IsAtAsync("**/crud");
        await Expect(page.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
        await visitor.GoOfflineAsync(false);

        async Task StaysAsync(string link, string title)
        {
            var heading = page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = title });
            var place = page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link });
            await Expect(heading).ToBeVisibleAsync();
            await visitor.GoOfflineAsync(true);
            await IsRefusedAsync(place);
            await Expect(heading).ToBeVisibleAsync();

            await visitor.GoOfflineAsync(false);
            await place.ClickAsync();
            await Expect(heading).ToBeHiddenAsync();
        }

        async Task IsRefusedAsync(ILocator link)
        {
            var address = page.Url;
            await link.ClickAsync();
            await Expect(page.GetByText("That needs a connection")).ToBeVisibleAsync();
            Assert.Equal(address, page.Url);
            await Window.LookAsync(page, $"link{new Uri(address).AbsolutePath.Replace('/', '-')}");
            await visitor.Button("Dismiss").ClickAsync();
        }
    }

    [Fact]
    public async Task Signing_out_offline_stays_on_the_account_page_until_the_network_is_back()
    {
        await using var alice = await chromium.OpenOwnAsync(hasWorker: true);
        var page = alice.Page;
        await alice.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        // Loads the menu.
        await alice.Button("Account and settings").ClickAsync();
        await alice.GoOfflineAsync(true);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Main).GetByText("This page will load when you're back online.")).ToBeVisibleAsync();
        Assert.EndsWith("/auth/account", page.Url, StringComparison.Ordinal);
        await Window.LookAsync(page, "signed-out");

        await alice.GoOfflineAsync(false);
        await page.IsAtAsync("**/auth/login?notice=signed-out");
    }

    [Fact]
    public async Task A_link_refused_offline_closes_its_menu()
    {
        await using var alice = await OpenAsync("/crud");
        var page = alice.Page;
        await alice.RegisterAsync("alice");
        await alice.Button("Account and settings").ClickAsync();
        await alice.GoOfflineAsync(true);
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Account" }).ClickAsync();
        await Expect(page.GetByText("That needs a connection")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeHiddenAsync();
        await Expect(alice.Button("Account and settings")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_page_reloaded_offline_keeps_the_user_signed_in_when_the_network_is_back()
    {
        await using var alice = await OpenAsync("/crud");
        var page = alice.Page;
        var name = await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var signIn = page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" });
        foreach (var path in (string[])["/crud", "/crud/post?id=1", "/crud/author?id=1", $"/crud/search?q={text}"])
        {
            await alice.GoOfflineAsync(true);
            await page.GotoAsync(path);
            await Expect(page.GetByText("Posts will load when you're back online.")).ToBeVisibleAsync();
            await Expect(page.Locator("main [aria-busy=true]")).ToHaveCountAsync(0);
            await Expect(signIn).ToBeHiddenAsync();
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Join" })).ToBeHiddenAsync();
            await Window.LookAsync(page, $"reload{path[5..].Split('?')[0].Replace('/', '-')}");
            await alice.GoOfflineAsync(false);
            await Expect(alice.Button("Account and settings")).ToBeVisibleAsync();
            await Expect(signIn).ToBeHiddenAsync();
        }

        await Expect(alice.Post(text)).ToBeVisibleAsync();
        await alice.Button("Account and settings").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToContainTextAsync(name);
    }

    [Fact]
    public async Task The_cache_holds_public_pages_of_one_version_only()
    {
        await using var alice = await OpenAsync("/crud");
        var page = alice.Page;
        await alice.RegisterAsync("alice");
        await alice.WriteAsync($"{Guid.NewGuid():N}");
        await page.EvaluateAsync(
            "async () => { await caches.open('kumiko.pages.before'); await (await navigator.serviceWorker.ready).unregister(); }"
        );
        await page.ReloadAsync();
        await alice.AreKeptAsync();
        Assert.Single(await page.EvaluateAsync<string[]>("caches.keys()"));
        var kept = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const cache = await caches.open((await caches.keys())[0]);
              return (await cache.keys()).map((request) => new URL(request.url).pathname);
            }
            """
        );
        Assert.Contains("/crud", kept);
        Assert.Contains("/crud.txt", kept);
        Assert.Contains("/crud/post", kept);
        Assert.All(kept, path => Assert.StartsWith("/crud", path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Notifications_never_cover_the_offline_banner(int width)
    {
        await using var alice = await chromium.OpenAsync(width: width);
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.GoOfflineAsync(true);
        await alice.ChooseAsync(text, "Delete");
        await Expect(alice.Button("Undo")).ToBeVisibleAsync();
        await ApartAsync();
        await alice.Button("Dismiss").ClickAsync();
        // A long one, because the deletion can't be sent.
        await Expect(alice.Button("Try again")).ToBeVisibleAsync();
        await ApartAsync();
        var said = alice.Page.GetByRole(AriaRole.Status, new() { Name = "Notifications" }).Locator("p").First;
        Assert.True(
            await said.EvaluateAsync<bool>("text => text.clientWidth > text.parentElement.clientWidth * 0.9"),
            "A long message is squeezed beside its buttons."
        );

        async Task ApartAsync()
        {
            var banner = (await alice.Page.Locator("p:visible").Filter(new() { HasText = "You're offline." }).Last.BoundingBoxAsync())!;
            await alice.Page.WaitForFunctionAsync(
                "top => document.querySelector('[aria-label=Notifications] > div').getBoundingClientRect().bottom <= top",
                (double)banner.Y
            );
        }
    }

    [Fact]
    public async Task The_service_worker_is_never_cached_and_controls_the_whole_board()
    {
        await using var visitor = await chromium.OpenAsync();
        var page = (await visitor.Page.GotoAsync("/crud"))!;
        Assert.Contains("worker-src 'self'", page.Headers["content-security-policy"], StringComparison.Ordinal);
        var worker = await kumiko.Anyone.GetAsync("/crud/sw.js");
        worker.Is(200);
        // The same in every topology, although the Host and the server in the containers each set it.
        Assert.Equal(
            "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            worker.Header("Content-Security-Policy")
        );
        Assert.Equal("no-cache", worker.Header("Cache-Control"));
        Assert.Equal("/crud", worker.Header("Service-Worker-Allowed"));
        Assert.StartsWith("text/javascript", worker.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/crud")]
    [InlineData("/crud/post?id=1")]
    [InlineData("/auth/login")]
    public async Task Readers_without_JavaScript_see_that_it_is_needed(string path)
    {
        var answer = await kumiko.Anyone.GetAsync(path);
        Assert.SkipWhen(answer.Status == 404, "The pages were not built.");
        var page = answer.Is(200).Text;
        var said = page[page.IndexOf("<noscript>", StringComparison.Ordinal)..page.IndexOf("</noscript>", StringComparison.Ordinal)];
        Assert.Contains("Kumiko needs JavaScript", said, StringComparison.Ordinal);
        Assert.Contains("JavaScript が必要です", said, StringComparison.Ordinal);
    }

    private async Task<Window> OpenAsync(string path, int width = 1280)
    {
        var window = await chromium.OpenOwnAsync(width: width, hasWorker: true);
        await window.Page.GotoAsync(path);
        await window.AreKeptAsync();
        return window;
    }
}
