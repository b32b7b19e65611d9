using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;

namespace Kumiko.Observability.Tests;

/// <summary>
/// Each module in its own process behind a real Caddy, on a real MySQL and a real NATS, watched by a real Prometheus with the project's
/// configuration, while people use it.
/// </summary>
public sealed class WatchedSystem : IAsyncLifetime
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<IAsyncDisposable> _running = [];
    private readonly HttpClient _http = new();
    private Task _people = Task.CompletedTask;

    /// <summary>Prometheus' HTTP API.</summary>
    public Uri Prometheus { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var (nats, natsMonitoring, caddy, caddyMetrics, prometheus) = (
            Ports.Free(),
            Ports.Free(),
            Ports.Free(),
            Ports.Free(),
            Ports.Free()
        );
        await StartAsync("nats:2.15-alpine", ["-js", "-a", "127.0.0.1", "-p", $"{nats}", "-m", $"{natsMonitoring}"], nats);
        var installation = await MySqlServer.InstallAsync();
        _running.Add(installation);
        (string, string)[] apart =
        [
            ("Nats__Url", $"nats://127.0.0.1:{nats}"),
            ("Nats__Monitoring", $"http://127.0.0.1:{natsMonitoring}"),
            ("Tokens__Issuer", "https://app.local/api/auth"),
        ];
        var identity = await installation.StartAsync([
            .. apart,
            ("Modules", "identity"),
            ("RateLimits__Enabled", "true"),
            ("RateLimits__PasswordFailures", "3"),
            ("RateLimits__PasswordFailuresPerAddress", "100000"),
            ("RateLimits__RegistrationsPerHour", "100000"),
        ]);
        _running.Add(identity);
        var posts = await installation.StartAsync([
            .. apart,
            ("Modules", "posts"),
            ("Tokens__KeySet", new Uri(identity.Address, "/api/auth/.well-known/jwks.json").ToString()),
        ]);
        _running.Add(posts);
        await StartAsync(
            "caddy:2.11",
            [],
            caddyMetrics,
            (
                "/etc/caddy/Caddyfile",
                $$"""
                {
                    admin off
                    metrics
                }
                http://127.0.0.1:{{caddyMetrics}} {
                    metrics /metrics
                }
                http://127.0.0.1:{{caddy}} {
                    reverse_proxy /api/auth/* {{identity.Address.Authority}}
                    reverse_proxy /api/crud/* {{posts.Address.Authority}}
                }
                """
            )
        );
        var settings = await File.ReadAllTextAsync(Repository.File("docker/prometheus/prometheus.yml"));
        await StartAsync(
            "prom/prometheus:v3.5",
            [
                "--config.file=/etc/prometheus/prometheus.yml",
                "--storage.tsdb.path=/prometheus",
                $"--web.listen-address=127.0.0.1:{prometheus}",
            ],
            prometheus,
            // The same with shorter intervals, and with the addresses of this run.
            (
                "/etc/prometheus/prometheus.yml",
                Replace(
                    Replace(Replace(settings, "scrape_interval: 10s", "scrape_interval: 1s"), "scrape_timeout: 5s", "scrape_timeout: 1s"),
                    "caddy:9180",
                    $"127.0.0.1:{caddyMetrics}"
                )
            ),
            ("/etc/prometheus/alerts.yml", await File.ReadAllTextAsync(Repository.File("docker/prometheus/alerts.yml"))),
            (
                "/etc/prometheus/instances/kumiko.yml",
                $"""
                scrape_configs:
                  - job_name: kumiko
                    static_configs:
                      - targets: ["{identity.Operators.Authority}", "{posts.Operators.Authority}"]
                """
            )
        );
        Prometheus = new Uri($"http://127.0.0.1:{prometheus}");
        _people = UseAsync(new Uri($"http://127.0.0.1:{caddy}"), _end.Token);
    }

    /// <summary>
    /// Queries Prometheus and returns the <c>data</c> of its answer. Fails with Prometheus' message if it rejects the query.
    /// </summary>
    public async Task<JsonElement> AskAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(Prometheus, path), cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{Uri.UnescapeDataString(path)}: {text}");
        return JsonElement.Parse(text).GetProperty("data");
    }

    /// <summary>The current samples of a query, except those that are not numbers.</summary>
    public async Task<IReadOnlyList<double>> QueryAsync(string query, CancellationToken cancellationToken)
    {
        var data = await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken);
        return
        [
            .. data.GetProperty("result")
                .EnumerateArray()
                .Select(series =>
                    double.Parse(
                        series.GetProperty("value")[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal),
                        System.Globalization.CultureInfo.InvariantCulture
                    )
                )
                .Where(value => !double.IsNaN(value)),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _people.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var part in Enumerable.Reverse(_running))
            await part.DisposeAsync();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task StartAsync(string image, string[] command, int port, params (string Path, string Text)[] files)
    {
        var builder = new ContainerBuilder(image).WithCreateParameterModifier(container => container.HostConfig!.NetworkMode = "host");
        if (command.Length > 0)
            builder = builder.WithCommand(command);
        foreach (var (path, text) in files)
            builder = builder.WithResourceMapping(Encoding.UTF8.GetBytes(text), path);
        var container = builder.Build();
        _running.Add(container);
        await container.StartAsync();
        for (var left = 300; !await ListensAsync(port); left--)
        {
            if (left == 0 || container.State == TestcontainersStates.Exited)
                throw new InvalidOperationException($"{image} does not listen. It said: {(await container.GetLogsAsync()).Stderr}");
            await Task.Delay(100);
        }
    }

    // What people do, and what goes wrong, so that every panel has something to show.
    private static async Task UseAsync(Uri address, CancellationToken cancellationToken)
    {
        using var anyone = new Caller(address);
        while (!cancellationToken.IsCancellationRequested)
        {
            var person = await Person.JoinAsync(anyone, "someone");
            for (var n = 0; n < 5; n++)
            {
                await person.WriteAsync("seen");
                await anyone.GetAsync("/api/crud/posts");
                await anyone.GetAsync("/api/crud/posts/0");
                await anyone.PostAsync("/api/auth/login", new { email = person.Email, password = "not the password" });
                await anyone.PostAsync("/api/auth/login", Caller.Json("{"));
                await Task.Delay(50, cancellationToken);
            }

            await person.PatchAsync("/api/auth/me", new { username = Person.UniqueName("other") });
        }
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Replace(string text, string old, string replacement)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }
}
