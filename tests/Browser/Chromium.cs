using Microsoft.Playwright;

namespace Kumiko.Browser;

/// <summary>
/// The machine's Chromium, started when the first test asks for a window. <c>KUMIKO_TEST_CHROMIUM</c> names the program if it isn't in one
/// of the usual places.
/// </summary>
public sealed class Chromium(RunningKumiko kumiko) : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];

    private static readonly string? Program = Environment.GetEnvironmentVariable("KUMIKO_TEST_CHROMIUM") is { Length: > 0 } named
        ? named
        : Places.FirstOrDefault(File.Exists);

    private readonly SemaphoreSlim _door = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The address of the pages.</summary>
    public Uri Home => kumiko.Anyone.Address;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Opens a window for a person who has never visited. Skips the test if there is no browser or the pages weren't built, unless skipping
    /// is forbidden.
    /// </summary>
    /// <param name="language">The browser's language.</param>
    /// <param name="isDark">Whether the system uses a dark theme.</param>
    /// <param name="width">The width in pixels; a phone has 360.</param>
    public async Task<Window> OpenAsync(string language = "en-GB", bool isDark = false, int width = 1280)
    {
        var context = await NewContextAsync(language, isDark, width);
        return new Window(context, await context.NewPageAsync(), kumiko.Anyone.Address);
    }

    /// <summary>
    /// A window's cookie jar without the window, for pages that are expected to break: nothing asserts that they work. Skips the test where
    /// <see cref="OpenAsync"/> does.
    /// </summary>
    public async Task<IBrowserContext> NewContextAsync(string language = "en-GB", bool isDark = false, int width = 1280)
    {
        var context = await (await StartAsync()).NewContextAsync(
            new()
            {
                BaseURL = kumiko.Anyone.Address.ToString(),
                Locale = language,
                ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 800 },
                // A test's own Caddy uses a private certificate authority.
                IgnoreHTTPSErrors = Way.Root is not null,
                // Answers from a worker's cache would bypass the network, and responses that a test replaces would have no effect.
                ServiceWorkers = ServiceWorkerPolicy.Block,
            }
        );
        context.SetDefaultTimeout(30_000);
        return context;
    }

    /// <summary>Opens a window in a separate browser, which closes with it. Skips the test where <see cref="OpenAsync"/> does.</summary>
    /// <param name="arguments">Arguments in addition to those that every browser here has.</param>
    /// <param name="preferences">The user's settings, in the format of the browser's file <c>Preferences</c>.</param>
    /// <param name="home">The address at which to open Kumiko, if not its own.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="language">The browser's language.</param>
    /// <param name="hasWorker">Whether a service worker caches the pages for offline use.</param>
    /// <param name="keepsPages">Whether the browser keeps a page for the way back (the back/forward cache), which Playwright turns
    /// off.</param>
    /// <param name="hasScrollBars">Whether scroll bars take up room, as on Windows and Linux. Playwright hides them.</param>
    public async Task<Window> OpenOwnAsync(
        string[]? arguments = null,
        string? preferences = null,
        Uri? home = null,
        int width = 1280,
        string language = "en-GB",
        bool hasWorker = false,
        bool keepsPages = false,
        bool hasScrollBars = false
    )
    {
        var chromium = await ReadyAsync();
        var folder = Directory.CreateTempSubdirectory("kumiko-browser-");
        if (preferences is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "Default"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Default", "Preferences"), preferences);
        }

        var context = await chromium.LaunchPersistentContextAsync(
            folder.FullName,
            new()
            {
                ExecutablePath = Program,
                // A browser installs a worker only over TLS that it trusts by itself.
                Args =
                [
                    .. All(),
                    .. arguments ?? [],
                    .. hasWorker && Way.Root is not null ? (string[])["--ignore-certificate-errors"] : [],
                ],
                ServiceWorkers = hasWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
                IgnoreDefaultArgs =
                [
                    .. hasScrollBars ? (string[])["--hide-scrollbars"] : [],
                    .. keepsPages ? (string[])["--disable-back-forward-cache"] : [],
                ],
                BaseURL = (home ?? Home).ToString(),
                Locale = language,
                ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 800 },
                IgnoreHTTPSErrors = Way.Root is not null,
            }
        );
        context.SetDefaultTimeout(30_000);
        return new Window(context, context.Pages[0], home ?? Home, folder);
    }

    /// <summary>Starts a separate browser, which the test closes. Skips the test where <see cref="OpenAsync"/> does.</summary>
    /// <param name="arguments">Arguments in addition to those that every browser here has.</param>
    public async Task<IBrowser> LaunchAsync(params string[] arguments) =>
        await (await ReadyAsync()).LaunchAsync(new() { ExecutablePath = Program, Args = [.. All(), .. arguments] });

    private async Task<IBrowserType> ReadyAsync()
    {
        var missing =
            Program is null ? "Chromium is not there."
            : (await kumiko.Anyone.GetAsync("/crud")).Status != 200
                ? "The pages were not built: Node.js is missing, or BuildFrontends is false."
            : null;
        if (missing is not null && Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") != "all")
            Assert.Skip(missing);
        Assert.Null(missing);
        _playwright ??= await Playwright.CreateAsync();
        // As patient as a person, since the machine may be busy.
        Assertions.SetDefaultExpectTimeout(15_000);
        return _playwright.Chromium;
    }

    private string[] All()
    {
        string[] all = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        return Way.Instead is { } address ? [.. all, $"--host-resolver-rules=MAP {kumiko.Anyone.Address.Authority} {address}"] : all;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _door.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        await _door.WaitAsync();
        try
        {
            return _browser ??= await LaunchAsync("--disable-quic");
        }
        finally
        {
            _door.Release();
        }
    }
}
