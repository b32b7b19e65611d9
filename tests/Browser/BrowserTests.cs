using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>What people do on the pages.</summary>
[Collection(nameof(InBrowser))]
public partial class BrowserTests(Chromium chromium)
{
    [Fact]
    public async Task Somebody_joins_writes_edits_finds_and_deletes()
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
    public async Task The_page_of_the_documents_works_and_runs_nothing_but_its_own()
    {
        await using var window = await chromium.OpenAsync();
        // Closing the window asserts that the page's policy blocked nothing and that the page contacted no other server.
        await window.Page.GotoAsync("/docs");
        await window.Page.Locator("#operations-Posts-ListPosts .opblock-summary-control").ClickAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        await Expect(window.Page.Locator(".live-responses-table tbody .response-col_status").First).ToContainTextAsync("200");
    }

    [Fact]
    public async Task Two_people_see_each_others_posts_live()
    {
        await using var alice = await chromium.OpenAsync();
        await using var bob = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        await bob.RegisterAsync("bob");
        // News is counted against a list that has loaded.
        await bob.WriteAsync($"bob {Guid.NewGuid():N}");
        var first = $"first {Guid.NewGuid():N}";
        await alice.WriteAsync(first);
        await bob.Page.GetByRole(AriaRole.Button, new() { NameRegex = News() }).ClickAsync();
        await Expect(bob.Post(first)).ToHaveCountAsync(1);

        await alice.EditAsync(first, $"{first} changed");
        await alice.Button("Save").ClickAsync();
        await Expect(bob.Post(first)).ToContainTextAsync("changed");
        await alice.ChooseAsync(first, "Delete");
        await alice.Button("Dismiss").ClickAsync();
        await Expect(bob.Post(first)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_new_name_shows_on_boards_that_are_open()
    {
        await using var alice = await chromium.OpenAsync();
        await using var visitor = await chromium.OpenAsync();
        var before = await alice.RegisterAsync("alice");
        var text = $"whose is this? {Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await visitor.Page.GotoAsync("/crud");
        await Expect(visitor.Post(text)).ToContainTextAsync(before);

        var after = Person.UniqueName("alicia");
        await alice.Page.GotoAsync("/auth/account");
        await alice.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(after);
        await alice.Button("Save changes").ClickAsync();
        await Expect(visitor.Post(text)).ToContainTextAsync(after);
    }

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_leads_to_the_door()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var name = await here.RegisterAsync();
        await there.SignInAsync(name);
        await there.Page.GotoAsync("/auth/account/security");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Security" })).ToBeVisibleAsync();

        await here.Page.GotoAsync("/auth/account/sessions");
        await here.Button("Sign out everywhere else").First.ClickAsync();
        await here.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await Expect(here.Page.GetByText("You're signed out everywhere else.")).ToBeVisibleAsync();
        await there.Page.ReloadAsync();
        await there.Page.IsAtAsync("**/auth/login**");
        await Expect(there.Button("Sign in")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Two_editors_of_one_post_see_both_texts_and_lose_neither()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var text = await SaveInBothAsync(here, there);
        var dialog = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "This post changed while you were editing" });
        await Expect(dialog).ToContainTextAsync("from here");
        await Expect(dialog).ToContainTextAsync("from there");
        await there.IsAccessibleAsync();
        await there.Button("Keep your version").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("from there");
    }

    [Fact]
    public async Task A_change_that_fails_after_somebody_went_on_is_told_of_and_its_text_kept()
    {
        await using var alice = await chromium.OpenAsync();
        var name = await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.EditAsync(text, $"{text} changed");
        var isOn = new TaskCompletionSource();
        await alice.Page.RouteAsync(
            "**/api/crud/posts/*",
            async route =>
            {
                if (route.Request.Method == "PUT")
                {
                    await isOn.Task;
                    await route.AbortAsync();
                }
                else
                    await route.ContinueAsync();
            }
        );
        await alice.Button("Save").ClickAsync();
        await alice.Post(text).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        isOn.SetResult();

        await Expect(alice.Page.GetByText("Your changes weren't saved.")).ToBeVisibleAsync();
        await alice.Button("Show").ClickAsync();
        await alice.Page.IsAtAsync("**/crud/post?id=*");
        await alice.ChooseAsync(text, "Edit");
        await Expect(alice.Box("Edit your post")).ToHaveValueAsync($"{text} changed");
        await alice.Page.UnrouteAsync("**/api/crud/posts/*");
        await alice.Button("Save").ClickAsync();
        await Expect(alice.Post(text)).ToContainTextAsync($"{text} changed");
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
    }

    [Fact]
    public async Task A_text_made_from_two_outlives_a_failure()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var text = await SaveInBothAsync(here, there);
        await there.Button("Combine both").ClickAsync();
        await there.Box("Combined version").FillAsync($"{text} from both");
        await there.Page.RouteAsync("**/api/crud/posts/*", route => route.AbortAsync());
        await there.Button("Save this version").ClickAsync();
        await Expect(there.Box("Edit your post")).ToHaveValueAsync($"{text} from both");
        await there.Page.UnrouteAsync("**/api/crud/posts/*");
        await there.Button("Save").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("from both");
    }

    [Fact]
    public async Task Save_is_heard_while_the_version_to_change_is_still_read()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.ChooseAsync(text, "Edit");
        var box = alice.Box("Edit your post");
        await box.FillAsync($"{text} chan");
        await box.PressAsync("Control+Enter");
        await box.PressSequentiallyAsync("ged");
        letGo();
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
        await Expect(alice.Post(text)).ToContainTextAsync($"{text} changed");
    }

    [Fact]
    public async Task Cancel_while_the_version_to_change_is_still_read_saves_nothing()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var writes = 0;
        alice.Page.Request += (_, request) => writes += request.Method == "PUT" ? 1 : 0;
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.ChooseAsync(text, "Edit");
        var box = alice.Box("Edit your post");
        await box.FillAsync($"{text} changed");
        await box.PressAsync("Control+Enter");
        await alice.Button("Cancel").ClickAsync();
        await alice.Page.RunAndWaitForResponseAsync(
            () =>
            {
                letGo();
                return Task.CompletedTask;
            },
            new Regex("/api/crud/posts/\\d+$")
        );
        // Anything else to send would have been sent by now.
        await alice.Page.ReloadAsync();
        await Expect(alice.Post(text)).ToHaveCountAsync(1);
        await Expect(alice.Post(text)).Not.ToContainTextAsync("changed");
        Assert.Equal(0, writes);
    }

    [Fact]
    public async Task What_was_deleted_while_a_page_was_out_of_sight_is_gone_when_it_is_seen_again()
    {
        await using var alice = await chromium.OpenAsync();
        await using var bob = await chromium.OpenAsync();
        await bob.Page.Clock.InstallAsync();
        await alice.RegisterAsync("alice");
        await bob.RegisterAsync("bob");
        var text = $"{Guid.NewGuid():N}";
        await bob.WriteAsync($"bob {text}");
        await alice.WriteAsync($"alice {text}");
        await bob.Page.GetByRole(AriaRole.Button, new() { NameRegex = News() }).ClickAsync();
        // What the stream has reported is kept beside the list that was read.
        await alice.EditAsync($"alice {text}", $"alice {text} changed");
        await alice.Button("Save").ClickAsync();
        await Expect(bob.Post($"alice {text} changed")).ToHaveCountAsync(1);

        await bob.Page.EvaluateAsync(
            "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new Event('visibilitychange'))"
        );
        // After a minute the tab closes its stream.
        await bob.Page.Clock.FastForwardAsync("01:10");
        await alice.ChooseAsync($"alice {text}", "Delete");
        await alice.Button("Dismiss").ClickAsync();
        await Expect(alice.Post($"alice {text}")).ToHaveCountAsync(0);
        await Expect(bob.Post($"alice {text}")).ToHaveCountAsync(1);
        await bob.Page.EvaluateAsync("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(bob.Post($"alice {text}")).ToHaveCountAsync(0);
        await Expect(bob.Post($"bob {text}")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_somebody_deletes_before_they_sign_out_is_gone()
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

    // As on a computer in a library: one browser, and nothing is closed in between.
    [Fact]
    public async Task The_next_person_at_a_browser_sees_nothing_of_the_one_before()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var alice = await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync($"{alice}@example.test");
        await page.GotoAsync("/crud");
        await window.Box("Write a post").PressSequentiallyAsync("what alice did not want to say");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();

        var bob = await window.RegisterAsync("bob");
        await Expect(window.Box("Write a post")).ToHaveValueAsync("");
        Assert.DoesNotContain(
            "alice",
            await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })"),
            StringComparison.Ordinal
        );
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync($"{bob}@example.test");
        Assert.DoesNotContain(alice, await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_offline_is_sent_when_the_network_is_back()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        await Expect(alice.Box("Write a post")).ToBeVisibleAsync();
        var text = $"{Guid.NewGuid():N}";
        await alice.GoOfflineAsync(true);
        await Expect(alice.Page.Locator("strong:visible").Filter(new() { HasText = "You're offline" })).ToBeVisibleAsync();
        await alice.Box("Write a post").FillAsync(text);
        await alice.Button("Post").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToContainTextAsync("Waiting for the network");
        await alice.GoOfflineAsync(false);
        await Expect(alice.Post(text)).ToHaveCountAsync(1);
        await alice.Page.ReloadAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Somebody_who_goes_on_while_a_change_is_saved_stays_where_they_are()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.EditAsync(text, $"{text} changed");
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.Button("Save").ClickAsync();
        await Expect(alice.Post(text)).ToContainTextAsync("Saving");

        var search = alice.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync(text);
        letGo();
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
        // Focus would move one frame after the answer.
        await alice.Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(search).ToBeFocusedAsync();
    }

    [Fact]
    public async Task What_is_typed_stays_while_the_page_of_the_results_is_on_its_way()
    {
        await using var visitor = await chromium.OpenAsync();
        await visitor.Page.GotoAsync("/crud");
        await Expect(visitor.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        var letGo = await visitor.HoldAsync("**/crud/search**");
        var search = visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync("kig");
        await visitor.Page.RunAndWaitForRequestAsync(() => search.PressAsync("Enter"), new Regex("/crud/search"));
        await Expect(search).ToHaveValueAsync("kig");
        await search.PressSequentiallyAsync("umi");
        letGo();
        await visitor.Page.IsAtAsync("**/crud/search?q=kig");
        await visitor.Page.IsAtAsync("**/crud/search?q=kigumi");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("kigumi");
        await Expect(search).ToHaveValueAsync("kigumi");
    }

    [Fact]
    public async Task What_is_typed_and_pressed_before_a_page_is_alive_counts()
    {
        const string Scripts = "**/_next/static/**/*.js";
        await using var visitor = await chromium.OpenAsync();
        var name = await visitor.RegisterAsync();
        await visitor.Page.Context.ClearCookiesAsync();
        var letGo = await visitor.HoldAsync(Scripts);
        await visitor.Page.GotoAsync("/auth/login", new() { WaitUntil = WaitUntilState.Commit });
        await visitor.Page.GetByLabel("E-mail address").FillAsync($"{name}@example.test");
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
        await visitor.Button("Sign in").ClickAsync();
        letGo();
        await visitor.Page.IsAtAsync("**/crud");

        await visitor.Page.UnrouteAsync(Scripts);
        letGo = await visitor.HoldAsync(Scripts);
        var search = visitor.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await visitor.Page.GotoAsync("/crud", new() { WaitUntil = WaitUntilState.Commit });
        await search.FillAsync("kigumi");
        letGo();
        await Expect(visitor.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await Expect(search).ToBeFocusedAsync();
        await search.PressAsync("Enter");
        await visitor.Page.IsAtAsync("**/crud/search?q=kigumi");
    }

    [Fact]
    public async Task A_page_whose_parts_are_served_no_more_is_mended_by_trying_again()
    {
        // A separate browser, because a page that breaks reports it in the console.
        await using var browser = await chromium.LaunchAsync("--disable-quic");
        var page = await browser.NewPageAsync(
            new()
            {
                BaseURL = chromium.Home.ToString(),
                IgnoreHTTPSErrors = Way.Root is not null,
                ServiceWorkers = ServiceWorkerPolicy.Block,
                Locale = "en-GB",
            }
        );
        await page.GotoAsync("/crud");
        var settings = page.GetByRole(AriaRole.Button, new() { Name = "Settings" });
        // Until its scripts run, a page waits for its posts.
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        // As if the pages had been replaced by those of another version.
        await page.RouteAsync("**/_next/static/**", route => route.FulfillAsync(new() { Status = 404 }));
        await settings.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToBeVisibleAsync();

        await page.UnrouteAsync("**/_next/static/**");
        await page.EvaluateAsync("document.documentElement.dataset.old = ''");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator("html:not([data-old])")).ToBeVisibleAsync();
        await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await settings.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_draft_outlives_a_reload()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        await alice.Box("Write a post").PressSequentiallyAsync("not done ye");
        // The last letters are kept, too.
        await alice.Page.ReloadAsync();
        await Expect(alice.Box("Write a post")).ToHaveValueAsync("not done ye");
    }

    [Fact]
    public async Task Somebody_who_reads_Japanese_is_met_in_Japanese_and_finds_what_they_wrote()
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

    [Theory]
    [InlineData("https://example.test/")]
    [InlineData("//example.test/")]
    [InlineData("/\\example.test/")]
    [InlineData("javascript:alert(1)")]
    public async Task The_way_back_leads_nowhere_else(string way)
    {
        await using var visitor = await chromium.OpenAsync();
        await visitor.RegisterAsync();
        await visitor.Page.GotoAsync($"/auth/login?return={Uri.EscapeDataString(way)}");
        await visitor.Page.IsAtAsync("**/crud");
    }

    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task Every_page_can_be_used_by_everybody(bool isDark, int width)
    {
        await using var alice = await chromium.OpenAsync(isDark: isDark, width: width);
        foreach (var path in (string[])["/auth/login", "/auth/register", "/crud", "/crud/nothing-here"])
            await LookAsync(path);
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var id = (await alice.Post(text).GetAttributeAsync("id"))!.Split('-')[1];
        foreach (
            var path in (string[])
                [
                    "/crud",
                    $"/crud/post?id={id}",
                    $"/crud/search?q={text}",
                    "/auth/account",
                    "/auth/account/security",
                    "/auth/account/sessions",
                ]
        )
            await LookAsync(path);

        async Task LookAsync(string path)
        {
            await alice.Page.GotoAsync(path);
            await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First).ToBeAttachedAsync();
            await Expect(alice.Page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
            await alice.IsAccessibleAsync();
            Assert.False(
                await alice.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{path} is wider than the window."
            );
        }
    }

    // Changes one post in two windows at once, and saves it in the first, then in the second.
    private static async Task<string> SaveInBothAsync(Window here, Window there)
    {
        var (name, text) = (await here.RegisterAsync(), $"{Guid.NewGuid():N}");
        await here.WriteAsync(text);
        await there.SignInAsync(name);
        await there.EditAsync(text, $"{text} from there");
        await here.EditAsync(text, $"{text} from here");
        await here.Button("Save").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("edited");
        await there.Button("Save").ClickAsync();
        return text;
    }

    // Waits for the outcome instead of sleeping.
    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    [GeneratedRegex("new posts?$")]
    private static partial Regex News();
}
