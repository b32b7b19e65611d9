using System.Diagnostics;

namespace Kumiko.Contract.Containers;

/// <summary>
/// Visitors don't make the page servers' memory grow. Runs after the rest of the suite, so that no other load is measured.
/// </summary>
[CollectionDefinition(nameof(PageLoadTests), DisableParallelization = true)]
[Collection(nameof(PageLoadTests))]
public class PageLoadTests(RunningKumiko kumiko, ITestOutputHelper output)
{
    private const int Visitors = 64;
    private const int WarmUp = 1_000;

    // KUMIKO_TEST_PAGES sets a larger number.
    private static readonly int Pages = int.TryParse(Environment.GetEnvironmentVariable("KUMIKO_TEST_PAGES"), out var pages)
        ? pages
        : 5_000;

    // The variation in memory of a garbage-collected process without a leak. A page that leaks 92 kB leaks 450 MB in 5,000 loads.
    private const long Swing = 24 * 1024 * 1024;

    // A second. Two busy processors serve five times as many; a server that rendered each page managed 28 (decision 40).
    private const int FewestPages = 200;

    [Theory]
    [InlineData("crud-frontend", "/crud")]
    [InlineData("auth-frontend", "/auth/login")]
    public async Task Serving_thousands_of_pages_does_not_grow_memory(string service, string page)
    {
        await VisitAsync(page, WarmUp);
        var (frontend, caddy) = (await ComposeProject.Running.MemoryOfAsync(service), await ComposeProject.Running.MemoryOfAsync("caddy"));
        var clock = Stopwatch.StartNew();
        await VisitAsync(page, Pages);
        var time = clock.Elapsed;
        var (frontendAfter, caddyAfter) = (
            await ComposeProject.Running.MemoryOfAsync(service),
            await ComposeProject.Running.MemoryOfAsync("caddy")
        );

        output.WriteLine(
            $"{Pages} pages in {time.TotalSeconds:F1} s, {Pages / time.TotalSeconds:F0} a second; "
                + $"{service} {Megabytes(frontend)} to {Megabytes(frontendAfter)}, caddy {Megabytes(caddy)} to {Megabytes(caddyAfter)}"
        );
        Assert.InRange(Pages / time.TotalSeconds, FewestPages, double.MaxValue);
        Assert.InRange(frontendAfter - frontend, long.MinValue, Swing);
        Assert.InRange(caddyAfter - caddy, long.MinValue, 2 * Swing);
        await ComposeProject.Running.NothingWasRestartedAsync();
    }

    private Task VisitAsync(string page, int times) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, times),
            new ParallelOptions { MaxDegreeOfParallelism = Visitors, CancellationToken = TestContext.Current.CancellationToken },
            async (_, _) => (await kumiko.Anyone.GetAsync(page, ("Accept-Encoding", "br"))).Is(200)
        );

    private static string Megabytes(long bytes) => $"{bytes / 1024.0 / 1024.0:F0} MiB";
}
