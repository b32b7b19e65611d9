using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kumiko.Contract.Sqlite;

/// <summary>Operators' endpoints of a process have their own address, and public endpoints are not served there.</summary>
public class OperatorsTests(RunningKumiko kumiko)
{
    private static readonly string[] Paths = ["/metrics", "/health/live", "/health/ready", "/health/serving"];

    [Fact]
    public async Task Health_and_metrics_are_answered_on_the_operators_address_only()
    {
        var (host, anyone) = (RunningKumiko.Host, kumiko.Anyone);
        using var operators = new Caller(host.Operators) { IsDescribed = false };
        foreach (var path in Paths)
        {
            (await operators.GetAsync(path)).Is(200);
            (await anyone.GetAsync(path)).IsProblem(404);
            // Naming the other address in a header doesn't lead to it.
            (await anyone.GetAsync(path, ("Host", host.Operators.Authority))).IsProblem(404);
            (await anyone.GetAsync(path, ("Host", host.Operators.Authority), ("X-Forwarded-Host", host.Operators.Authority))).IsProblem(
                404
            );
        }

        var ready = (await operators.GetAsync("/health/ready")).Is(200).LeaksNothing();
        Assert.Contains("posts_database", ready.Text, StringComparison.Ordinal);
        Assert.Contains("identity_database", ready.Text, StringComparison.Ordinal);
        foreach (
            var path in (string[])
                ["/", "/docs", "/docs/", "/openapi/v1.json", "/api/crud/posts", "/api/auth/me", "/api/crud/health", "/crud", "/robots.txt"]
        )
            (await operators.GetAsync(path)).IsProblem(404);
        (await operators.PostAsync("/api/auth/login", new { email = "a@example.test", password = "a good long password" })).IsProblem(404);
    }

    [Fact]
    public async Task The_public_address_hides_operators_paths_in_every_spelling()
    {
        var host = RunningKumiko.Host;
        string[] spellings =
        [
            "/Metrics",
            "/%6detrics",
            "/metrics/",
            "//metrics",
            "/./metrics",
            "/api/crud/../../metrics",
            "/api/crud/%2e%2e/%2E%2E/metrics",
            "/HEALTH/Ready",
            "/health/%72eady",
            "/api/%2e%2e/health/live",
            "/health/live?x=1",
            "/health",
            "/health/",
            "/crud/../metrics",
            "/metrics;x",
            "/docs/../metrics",
            "/%4D%45%54%52%49%43%53",
        ];
        foreach (var path in spellings)
        {
            // Sent by hand, since a client would normalize the path.
            using var socket = new TcpClient();
            await socket.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
            await using var stream = socket.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                TestContext.Current.CancellationToken
            );
            var answer = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.True(
                answer.StartsWith("HTTP/1.1 404 ", StringComparison.Ordinal)
                    && answer.Contains("application/problem+json", StringComparison.Ordinal),
                $"{path}: {answer}"
            );
        }
    }

    [Fact]
    public async Task A_process_whose_default_operators_address_is_taken_still_serves_and_logs_what_is_missing()
    {
        // Occupy the port, unless somebody on this machine already does.
        using var holder = TryListen(5081);
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.Launch(("Operators__Urls", ""));
        using var anyone = new Caller(host.Address);
        await host.SaysAsync("Operators:Urls is not set, and the port of its default is taken");
        await host.SaysAsync("Application started");
        (await anyone.GetAsync("/api/crud/posts")).Is(200);
        (await anyone.GetAsync("/metrics")).IsProblem(404);
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{public}", "a port on which everybody is served")]
    [InlineData("http://127.0.0.1:0", "an address with a port")]
    [InlineData("https://127.0.0.1:5081", "plain HTTP")]
    [InlineData("5081", "not an address")]
    public async Task An_operators_address_that_is_also_public_stops_the_start_with_a_sentence(string urls, string expected)
    {
        await using var installation = await new Topology().InstallAsync();
        var port = Ports.Free();
        await using var host = await installation.FailToStartAsync(
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"),
            ("Operators__Urls", urls.Replace("{public}", $"{port}", StringComparison.Ordinal))
        );
        Assert.Equal(1, await host.ExitAsync());
        Assert.Matches($"^Operators:Urls [^\n]*{expected}[^\n]*\n?$", host.Errors);
    }

    private static TcpListener? TryListen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
