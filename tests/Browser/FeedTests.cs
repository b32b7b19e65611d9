using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The list of posts on the board, and how it follows changes.</summary>
[Collection(nameof(InBrowser))]
public partial class FeedTests(Chromium chromium, RunningKumiko kumiko)
{
    private static Task? _page;

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
    public async Task A_new_name_appears_on_open_boards()
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
    public async Task A_post_deleted_while_the_tab_was_hidden_is_gone_when_the_tab_is_shown_again()
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
            "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true }); document.dispatchEvent(new "
                + "Event('visibilitychange'))"
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
    public async Task The_button_for_new_posts_scrolls_to_them_from_any_position(int width, int position)
    {
        var author = await kumiko.BobAsync();
        await (_page ??= WritePageAsync(author));
        await using var visitor = await chromium.OpenAsync(width: width);
        var page = visitor.Page;
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync("/crud"), StreamAddress());
        await Expect(page.Locator("article[id^=post-]").First).ToBeVisibleAsync();
        await page.Mouse.MoveAsync(width / 2, 500);
        await page.Mouse.WheelAsync(0, position);
        await page.WaitForFunctionAsync("position => window.scrollY === position", position);

        // Its height differs from the one that a list assumes before measuring.
        var news = $"news {Guid.NewGuid():N}\nof three\nlines";
        await author.WriteAsync(news);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = News() }).ClickAsync();
        var first = visitor.Post(news.Split('\n')[0]);
        await Expect(first).ToBeFocusedAsync();
        await Expect(first).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.WaitForFunctionAsync("() => window.scrollY === 0");
        // A list makes its corrections in the frames after it has drawn and measured.
        await page.EvaluateAsync("new Promise(done => setTimeout(done, 300))");
        Assert.Equal(0, await page.EvaluateAsync<int>("window.scrollY"));
        await Expect(first).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    // Enough posts to scroll, for all rows of the theory.
    private static async Task WritePageAsync(Person author)
    {
        for (var post = 0; post < 16; post++)
            await author.WriteAsync($"one {Guid.NewGuid():N}\ntwo");
    }

    [GeneratedRegex("new posts?$")]
    private static partial Regex News();

    [GeneratedRegex("/api/crud/posts/stream")]
    private static partial Regex StreamAddress();
}
