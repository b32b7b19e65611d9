using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Kumiko.Browser;

/// <summary>One person's browser: a page and its own cookie jar. Closing it asserts that nothing went wrong behind the page.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly DirectoryInfo? _profile;
    private readonly ConcurrentQueue<string> _wrong = new();
    private bool _wasOffline;

    public Window(IBrowserContext context, IPage page, Uri home, DirectoryInfo? profile = null)
    {
        _context = context;
        _profile = profile;
        Page = page;
        Watch(page);
        context.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && address.Authority != home.Authority)
                _wrong.Enqueue($"{page.Url} asks a foreign host: {request.Url}");
        };
    }

    /// <summary>The password of every account that is created here.</summary>
    public const string Password = "seven pine needles in the rain";

    public IPage Page { get; }

    /// <summary>Takes the page offline or online.</summary>
    public Task GoOfflineAsync(bool isOffline)
    {
        _wasOffline |= isOffline;
        return _context.SetOfflineAsync(isOffline);
    }

    /// <summary>Opens another tab of this browser.</summary>
    public Task<IPage> OpenTabAsync() => _context.NewPageAsync();

    /// <summary>Waits until the worker has cached all pages and has taken over.</summary>
    public async Task AreKeptAsync() =>
        await Page.EvaluateAsync(
            """
            async () => {
              const workers = navigator.serviceWorker;
              const late = new Promise((_, fail) => setTimeout(() => fail(new Error('No worker has taken over.')), 25_000));
              const controlled = new Promise((resolve) => workers.addEventListener('controllerchange', resolve, { once: true }));
              await Promise.race([late, workers.controller ?? controlled]);
              await Promise.race([late, workers.ready]);
            }
            """
        );

    /// <summary>Holds back the answers from an address until the test releases them.</summary>
    /// <param name="address">A URL pattern.</param>
    /// <returns>An action that releases them.</returns>
    public async Task<Action> HoldAsync(string address)
    {
        var isOpen = new TaskCompletionSource();
        await Page.RouteAsync(
            address,
            async route =>
            {
                await isOpen.Task;
                await route.ContinueAsync();
            }
        );
        return isOpen.SetResult;
    }

    /// <summary>Starts changing a post, without saving it.</summary>
    public async Task EditAsync(string content, string changed)
    {
        await ChooseAsync(content, "Edit");
        await Box("Edit your post").FillAsync(changed);
    }

    /// <summary>Creates an account through the form, and arrives at the board.</summary>
    public async Task<string> RegisterAsync(string name = "visitor")
    {
        var username = Person.UniqueName(name);
        await Page.GotoAsync("/auth/register?return=%2Fcrud");
        await Page.GetByLabel("E-mail address").FillAsync($"{username}@example.test");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(username);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        HostLog.Watch("e-mail address", $"{username}@example.test");
        await Button("Create account").ClickAsync();
        await Page.IsAtAsync("**/crud");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).WaitForAsync();
        return username;
    }

    /// <summary>Signs in through the form.</summary>
    public async Task SignInAsync(string username)
    {
        await Page.GotoAsync("/auth/login");
        await Page.GetByLabel("E-mail address").FillAsync($"{username}@example.test");
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await Button("Sign in").ClickAsync();
        await Page.IsAtAsync("**/crud");
    }

    /// <summary>Signs out through the menu.</summary>
    public async Task SignOutAsync()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).ClickAsync();
        await Page.RunAndWaitForResponseAsync(
            () => Page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync(),
            response => response.Url.EndsWith("/api/auth/logout", StringComparison.Ordinal)
        );
    }

    /// <summary>Writes a post in the box at the top of the board, and waits until it is sent.</summary>
    public async Task WriteAsync(string content)
    {
        await Box("Write a post").FillAsync(content);
        await Button("Post").ClickAsync();
        await Post(content).WaitForAsync();
    }

    /// <summary>The post that contains this text, once the server has it.</summary>
    public ILocator Post(string content) => Page.Locator("article[id^=post-]").Filter(new() { HasText = content });

    /// <summary>A text box with this exact name.</summary>
    public ILocator Box(string name) => Page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    /// <summary>A button with this exact name.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Chooses an item from a post's menu.</summary>
    public async Task ChooseAsync(string content, string item)
    {
        await Post(content).GetByRole(AriaRole.Button, new() { Name = "Actions for the post by" }).ClickAsync();
        await Page.GetByRole(AriaRole.Menuitem, new() { Name = item }).ClickAsync();
    }

    /// <summary>
    /// Opens each page in a tab of its own and asserts that it has its title, and still has it a second after all of them have loaded.
    /// </summary>
    public async Task AreCalledAsync(params IReadOnlyList<(string Path, string Title)> pages)
    {
        var tabs = new List<IPage>();
        foreach (var (path, title) in pages)
        {
            var tab = await OpenTabAsync();
            Watch(tab);
            await tab.GotoAsync(path);
            await Assertions.Expect(tab).ToHaveTitleAsync(title);
            tabs.Add(tab);
        }

        await tabs[^1].WaitForTimeoutAsync(1_000);
        foreach (var (tab, page) in tabs.Zip(pages))
        {
            Assert.Equal(page.Title, await tab.TitleAsync());
            await tab.CloseAsync();
        }
    }

    /// <summary>
    /// Asserts that the page has this title, and still has it a second later, after everything that a framework loads late.
    /// </summary>
    public async Task KeepsTitleAsync(string title)
    {
        await Assertions.Expect(Page).ToHaveTitleAsync(title);
        await Page.WaitForTimeoutAsync(1_000);
        Assert.Equal(title, await Page.TitleAsync());
    }

    /// <summary>Takes a picture for a person to look at, if <c>KUMIKO_TEST_PICTURES</c> names a folder.</summary>
    public static Task LookAsync(IPage page, string name) =>
        Environment.GetEnvironmentVariable("KUMIKO_TEST_PICTURES") is { Length: > 0 } folder
            ? page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") })
            : Task.CompletedTask;

    /// <summary>Asserts that axe finds no WCAG violation on the page as it is, once nothing on it fades in any more.</summary>
    public async Task IsAccessibleAsync()
    {
        // What is still transparent has too little contrast. What moves without end is left out.
        await Page.EvaluateAsync(
            """
            Promise.allSettled(
              document.getAnimations()
                .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
                .map((animation) => animation.finished))
            """
        );
        var found = await Page.RunAxe();
        Assert.True(
            found.Violations.Length == 0,
            $"{Page.Url}: "
                + string.Join("\n", found.Violations.Select(violation => $"{violation.Id}: {violation.Help} ({violation.Nodes[0].Html})"))
        );
    }

    /// <summary>Waits until a page keeps nothing in the browser's storage that contains this text.</summary>
    public static Task ForgetsAsync(IPage page, string text) =>
        page.WaitForFunctionAsync("text => !JSON.stringify([{ ...localStorage }, { ...sessionStorage }]).includes(text)", text);

    /// <summary>Everything that a page keeps in the browser's storage, as JSON.</summary>
    public static Task<string> ReadStorageAsync(IPage page) =>
        page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _profile?.Delete(recursive: true);
        Assert.True(_wrong.IsEmpty, string.Join('\n', _wrong));
    }

    private void Watch(IPage page)
    {
        page.PageError += (_, error) =>
        {
            if (!IsOfCodeLoadedInAdvance(error))
                _wrong.Enqueue($"{page.Url}: {error}");
        };
        // The browser also reports every unsuccessful answer here; the tests check what the pages do with it.
        page.Console += (_, message) =>
        {
            // The browser also reports that a header has no effect without TLS, which some tests do without.
            if (
                message.Type == "error"
                && !IsOfCodeLoadedInAdvance(message.Text)
                && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !message.Text.StartsWith("The Cross-Origin-Opener-Policy header has been ignored", StringComparison.Ordinal)
            )
                _wrong.Enqueue($"{page.Url}: {message.Text}");
        };
    }

    // The router loads code in advance, and reports if the network goes away meanwhile, by one way or the other. It tries again when the
    // code is needed.
    private bool IsOfCodeLoadedInAdvance(string error) => _wasOffline && error.Contains("ChunkLoadError", StringComparison.Ordinal);
}
