using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Parts of a page whose code fails to load when it is needed. The files are the same in every topology.</summary>
[Collection(nameof(InBrowser))]
public class LatePartTests(Chromium chromium, RunningKumiko kumiko)
{
    /// <summary>A part of a page whose code is loaded late.</summary>
    /// <param name="Code">What only this part's code contains: a text that only it shows.</param>
    /// <param name="Path">The page.</param>
    /// <param name="ArriveAsync">What a person who wrote a post does on the page before the part is needed.</param>
    /// <param name="Opener">What needs the part when clicked; null if the page shows it by itself.</param>
    /// <param name="Shown">The part.</param>
    /// <param name="IsForVisitors">Whether nobody is signed in.</param>
    private sealed record LatePart(
        string Code,
        string Path,
        Func<Window, string, Task> ArriveAsync,
        Func<Window, string, ILocator>? Opener,
        Func<Window, ILocator> Shown,
        bool IsForVisitors = false
    );

    private static readonly Dictionary<string, LatePart> Parts = new()
    {
        ["the settings of a visitor"] = new(".system", "/crud", NothingAsync, (window, _) => window.Button("Settings"), Menu, true),
        ["the account menu"] = new(".system", "/crud", NothingAsync, (window, _) => window.Button("Account and settings"), Menu),
        ["the menu of a post"] = new(".copyLink", "/crud", NothingAsync, MenuOf, Menu),
        ["the editor"] = new(
            ".editLabel",
            "/crud",
            (window, text) => MenuOf(window, text).ClickAsync(),
            (window, _) => window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Edit" }),
            window => window.Box("Edit your post")
        ),
        ["the choice between two versions"] = new(
            ".takeTheirs",
            "/crud",
            EditTwiceAsync,
            (window, _) => window.Button("Save"),
            window => window.Page.GetByRole(AriaRole.Dialog)
        ),
        ["the composer"] = new(".postHint", "/crud", NothingAsync, null, window => window.Box("Write a post")),
        ["the deletion of an account"] = new(
            ".deleteForGood",
            "/auth/account",
            NothingAsync,
            (window, _) => window.Button("Delete account…"),
            window => window.Page.GetByRole(AriaRole.Dialog)
        ),
        ["the end of sessions"] = new(
            ".endThem",
            "/auth/account/sessions",
            NothingAsync,
            (window, _) => window.Button("Sign out everywhere else"),
            window => window.Page.GetByRole(AriaRole.Dialog)
        ),
    };

    public static TheoryData<string> Names => [.. Parts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_part_that_fails_to_load_leaves_the_page_unchanged_and_opens_later(string name)
    {
        var part = Parts[name];
        var text = $"{Guid.NewGuid():N}";
        await using var context = await chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        var window = new Window(context, page, chromium.Home);
        if (!part.IsForVisitors)
        {
            // Two sessions, so that one can be ended.
            var person = await window.RegisterAsync();
            await window.WriteAsync(text);
            await context.ClearCookiesAsync();
            await window.SignInAsync(person);
            await Expect(window.Button("Account and settings")).ToBeVisibleAsync();
        }

        // The network ends when the part is needed. Until then it isn't loaded early either.
        var isNeeded = part.Opener is null;
        var failed = 0;
        await page.RouteAsync(
            "**/_next/static/**/*.js",
            async route =>
            {
                // Not FetchAsync of the route: it resolves names without the browser's rules.
                var file = await kumiko.Anyone.GetAsync(new Uri(route.Request.Url).AbsolutePath);
                if (!file.Text.Contains(part.Code, StringComparison.Ordinal))
                {
                    await route.ContinueAsync();
                    return;
                }

                if (isNeeded)
                {
                    await context.SetOfflineAsync(true);
                    failed++;
                }
                await route.AbortAsync();
            }
        );
        // The bundler tries twice, and then React reports the failure.
        var reported = new TaskCompletionSource();
        page.Console += (_, message) =>
        {
            if (isNeeded && message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                reported.TrySetResult();
        };
        await page.GotoAsync(part.Path);
        if (part.Opener is not null)
            await Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await part.ArriveAsync(window, text);
        var opener = part.Opener?.Invoke(window, text);
        isNeeded = true;
        if (opener is not null)
        {
            await opener.ClickAsync();
            await Expect(page.GetByText("That needs a connection")).ToBeVisibleAsync();
        }

        await reported.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Expect(page.GetByText("You're offline.").Locator("visible=true").First).ToBeVisibleAsync();
        await Window.LookAsync(page, name);
        await Expect(page.GetByText("That didn't work")).ToHaveCountAsync(0);
        await Expect(part.Shown(window)).ToHaveCountAsync(0);
        Assert.NotEqual(0, failed);

        await page.UnrouteAllAsync();
        await context.SetOfflineAsync(false);
        if (opener is not null)
        {
            if (!await opener.IsVisibleAsync())
                await part.ArriveAsync(window, text);
            await opener.ClickAsync();
        }

        await Expect(part.Shown(window)).ToBeVisibleAsync();
    }

    private static ILocator Menu(Window window) => window.Page.GetByRole(AriaRole.Menu);

    private static ILocator MenuOf(Window window, string text) =>
        window.Post(text).GetByRole(AriaRole.Button, new() { Name = "Actions for the post by" });

    private static Task NothingAsync(Window window, string text) => Task.CompletedTask;

    private static async Task EditTwiceAsync(Window window, string text)
    {
        var home = new Uri(window.Page.Url);
        var author = (await window.Post(text).GetByRole(AriaRole.Link).First.TextContentAsync())!;
        await window.EditAsync(text, $"{text} from here");
        // The tabs of one browser share a draft.
        await using var elsewhere = await window.Page.Context.Browser!.NewContextAsync(
            new() { BaseURL = $"{home}", IgnoreHTTPSErrors = Way.Root is not null }
        );
        var other = new Window(elsewhere, await elsewhere.NewPageAsync(), home);
        await other.SignInAsync(author);
        await other.EditAsync(text, $"{text} from there");
        await other.Button("Save").ClickAsync();
        await Expect(other.Post(text)).ToContainTextAsync("edited");
    }
}
