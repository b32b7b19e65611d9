using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>
/// The machine's Chromium, started when the first test asks for a window. <c>KUMIKO_TEST_CHROMIUM</c> names it where it is not in the usual
/// place.
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

    /// <summary>Where the pages are.</summary>
    public Uri Home => kumiko.Anyone.Address;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Opens a window of somebody who was never here. The test is left out where there is no browser or the pages were not built, unless
    /// nothing may be left out.
    /// </summary>
    /// <param name="language">What the browser is set to.</param>
    /// <param name="isDark">Whether the system is set to dark.</param>
    /// <param name="width">In pixels; a phone has 360.</param>
    public async Task<Window> OpenAsync(string language = "en-GB", bool isDark = false, int width = 1280)
    {
        var context = await (await StartAsync()).NewContextAsync(
            new()
            {
                BaseURL = kumiko.Anyone.Address.ToString(),
                Locale = language,
                ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
                ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 800 },
                // The authority of a test's own Caddy.
                IgnoreHTTPSErrors = Way.Root is not null,
                // What a worker keeps is asked of nobody, and what a test makes of the answers would not count.
                ServiceWorkers = ServiceWorkerPolicy.Block,
            }
        );
        context.SetDefaultTimeout(30_000);
        return new Window(context, await context.NewPageAsync(), kumiko.Anyone.Address);
    }

    /// <summary>Opens a window of a browser of the test's own, which closes with it. Left out where <see cref="OpenAsync"/> is.</summary>
    /// <param name="arguments">What it is started with, beside what every browser here is.</param>
    /// <param name="preferences">What somebody chose in its settings, as its file <c>Preferences</c> has it.</param>
    /// <param name="home">Under which address Kumiko is opened, where not under its own.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="hasWorker">Whether the pages are kept for when the network is away.</param>
    /// <param name="keepsPages">Whether a page that is left is kept for the way back (the back/forward cache), which Playwright turns
    /// off.</param>
    /// <param name="hasScrollBars">Whether scroll bars take room, as on Windows and Linux; Playwright hides them.</param>
    public async Task<Window> OpenOwnAsync(
        string[]? arguments = null,
        string? preferences = null,
        Uri? home = null,
        int width = 1280,
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
                // A worker comes over TLS that a browser trusts by itself, or not at all.
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
                Locale = "en-GB",
                ViewportSize = new() { Width = width, Height = width < 600 ? 740 : 800 },
                IgnoreHTTPSErrors = Way.Root is not null,
            }
        );
        context.SetDefaultTimeout(30_000);
        return new Window(context, context.Pages[0], home ?? Home, folder);
    }

    /// <summary>Starts a browser of the test's own, which the test closes. Left out where <see cref="OpenAsync"/> is.</summary>
    /// <param name="arguments">What it is started with, beside what every browser here is.</param>
    public async Task<IBrowser> LaunchAsync(params string[] arguments) =>
        await (await ReadyAsync()).LaunchAsync(new() { ExecutablePath = Program, Args = [.. All(), .. arguments] });

    private async Task<IBrowserType> ReadyAsync()
    {
        var missing =
            Program is null ? "Chromium is not there."
            : (await kumiko.Anyone.GetAsync("/crud")).Status != 200 ? "The pages were not built, as Node.js was not there."
            : null;
        if (missing is not null && Environment.GetEnvironmentVariable("KUMIKO_TEST_REQUIRE") != "all")
            Assert.Skip(missing);
        Assert.Null(missing);
        _playwright ??= await Playwright.CreateAsync();
        // As patient as a person; the machine may be busy.
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
