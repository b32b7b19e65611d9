using System.Text.RegularExpressions;

namespace Kumiko.Contract.Hosting;

public partial class MetricsTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task A_request_is_counted_under_its_route_and_its_status()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        var alice = await Person.JoinAsync(caller, "alice");
        await alice.WriteAsync("counted");
        (await caller.GetAsync("/api/crud/posts/0")).Is(404);
        (await caller.GetAsync("/api/crud/posts/0")).Is(404);

        var metrics = await ScrapeAsync(operators);
        Assert.Equal(1, Requests(metrics, "POST", "201", "/api/crud/posts"));
        Assert.Equal(1, Requests(metrics, "POST", "200", "/api/auth/login"));
        Assert.Equal(2, Requests(metrics, "GET", "404", "/api/crud/posts/{id:long}"));
        foreach (var module in Operation.Modules)
        {
            foreach (var kind in (string[])["begin", "read", "write", "commit"])
                Assert.Contains(
                    $"kumiko_sql_duration_seconds_count{{kind=\"{kind}\",module=\"{module}\"}}",
                    metrics,
                    StringComparison.Ordinal
                );
        }
    }

    // Each process reads its tables at the start, in the background.
    [Fact(Timeout = 60_000)]
    public async Task Waiting_rows_of_each_module_are_shown()
    {
        using var operators = new Caller(RunningKumiko.Host.Operators) { IsDescribed = false };
        string[] gauges =
        [
            "kumiko_outbox_waiting{module=\"identity\"}",
            "kumiko_outbox_waiting{module=\"posts\"}",
            "kumiko_parked_events{module=\"identity\"}",
            "kumiko_parked_events{module=\"posts\"}",
            "kumiko_search_pending{module=\"posts\"}",
        ];
        HashSet<string> shown;
        do
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            shown = Series(await ScrapeAsync(operators));
        } while (!shown.IsSupersetOf(gauges));
    }

    [Fact]
    public async Task Names_made_up_by_clients_create_no_series()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        // Requests with invented host names are rejected before the operation is known.
        using var caller = new Caller(host.Address) { IsDescribed = false };
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        await SendMadeUpRequestsAsync(caller);
        var few = Series(await ScrapeAsync(operators));
        for (var n = 0; n < 20; n++)
            await SendMadeUpRequestsAsync(caller);

        var many = Series(await ScrapeAsync(operators));
        Assert.Equal(few.Where(IsOfRequests).Order(), many.Where(IsOfRequests).Order());
        // The metrics of the garbage collector and the like appear over time, but not one for each of the 1,200 requests.
        Assert.InRange(many.Count - few.Count, 0, 100);
    }

    [Fact]
    public async Task Scrapes_and_probes_are_not_counted_as_requests()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        (await operators.GetAsync("/health/live")).Is(200);
        (await operators.GetAsync("/health/ready")).Is(200);
        await ScrapeAsync(operators);
        Assert.DoesNotContain(Series(await ScrapeAsync(operators)), IsOfRequests);
    }

    [Fact]
    public async Task Account_events_are_counted_from_zero()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        const string Refused = "kumiko_security_events_total{event=\"sign_in\",outcome=\"refused\"}";
        const string Forged = "kumiko_security_events_total{event=\"invalid_token\",outcome=\"refused\"}";
        Assert.Matches($"(?m)^{Regex.Escape(Refused)} 0( |$)", await ScrapeAsync(operators));
        for (var n = 0; n < 3; n++)
        {
            (await caller.PostAsync("/api/auth/login", new { email = "nobody@example.test", password = "not a password" })).Is(401);
            (await caller.With("made-up").GetAsync("/api/auth/me")).Is(401);
        }

        // Only some rejected tokens are logged, but all are counted.
        var metrics = await ScrapeAsync(operators);
        Assert.Matches($"(?m)^{Regex.Escape(Refused)} 3( |$)", metrics);
        Assert.Matches($"(?m)^{Regex.Escape(Forged)} 3( |$)", metrics);
    }

    [Fact]
    public async Task Metrics_contain_nothing_private()
    {
        var caller = kumiko.Anyone;
        using var operators = new Caller(RunningKumiko.Host.Operators) { IsDescribed = false };
        var mallory = await kumiko.NewPersonAsync("mallory");
        await mallory.WriteAsync("private enough");
        (await caller.PostAsync("/api/auth/login", new { email = mallory.Email, password = mallory.Password + "!" })).Is(401);
        (await caller.GetAsync($"/api/auth/users/{mallory.Email}")).Is(404);
        (await caller.GetAsync($"/{mallory.RefreshToken}?password={mallory.Password}", ("User-Agent", mallory.Email))).Is(404);
        (await caller.With(mallory.AccessToken + "x").GetAsync("/api/auth/me")).Is(401);

        var metrics = await ScrapeAsync(operators);
        HostLog.HoldsNothingPrivate(metrics);
        Assert.DoesNotContain(mallory.Username, metrics, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?i)@|(server|data ?source|user ?id|uid|password|pwd|database)\s*=\s*\w", metrics);
        Assert.DoesNotContain(kumiko.Folder, metrics, StringComparison.Ordinal);
    }

    private static async Task<string> ScrapeAsync(Caller operators)
    {
        // A scrape within 300 ms of another gets the same figures.
        await Task.Delay(400, TestContext.Current.CancellationToken);
        var answer = (await operators.GetAsync("/metrics")).Is(200);
        Assert.StartsWith("text/plain", answer.Header("Content-Type"), StringComparison.Ordinal);
        return answer.Text;
    }

    private static async Task SendMadeUpRequestsAsync(Caller caller)
    {
        for (var n = 0; n < 10; n++)
        {
            var word = Guid.NewGuid().ToString("N");
            (await caller.GetAsync($"/{word}")).Is(404);
            (await caller.GetAsync($"/api/crud/{word}")).Is(404);
            (await caller.GetAsync($"/api/crud/posts/{word}")).Is(404);
            (await caller.SendAsync(new HttpMethod("X" + word[..6].ToUpperInvariant()), "/api/crud/posts", null)).Is(405);
            (await caller.SendAsync(new HttpMethod("X" + word[..6].ToUpperInvariant()), $"/{word}", null)).Is(404);
            (await caller.GetAsync("/api/crud/posts/0", ("Host", $"{word}.example"), ("X-Forwarded-Proto", word))).Is(400);
        }
    }

    private static bool IsOfRequests(string series) => series.StartsWith("http_server_request_duration", StringComparison.Ordinal);

    private static HashSet<string> Series(string metrics) =>
        [.. metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')])];

    private static int Requests(string metrics, string method, string status, string route) =>
        RequestCount()
            .Matches(metrics)
            .Where(match =>
                match.Groups["method"].Value == method && match.Groups["status"].Value == status && match.Groups["route"].Value == route
            )
            .Sum(match => int.Parse(match.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(
        "^http_server_request_duration_seconds_count\\{http_request_method=\"(?<method>[^\"]*)\","
            + "http_response_status_code=\"(?<status>[^\"]*)\","
            + "http_route=\"(?<route>[^\"]*)\"\\} (?<count>\\d+)$",
        RegexOptions.Multiline
    )]
    private static partial Regex RequestCount();
}
