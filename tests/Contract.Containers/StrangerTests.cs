using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Kumiko.Contract.Containers;

/// <summary>What Caddy trusts in requests from outside, and how long it waits for slow clients. An echo server stands behind it.</summary>
public class StrangerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A client that connects to a container's port has an address of this machine, which is in one of these networks.
    private const string Here = "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 127.0.0.0/8";

    [Theory]
    [InlineData("")]
    [InlineData("192.0.2.0/24")]
    public async Task A_client_address_claimed_by_a_client_is_ignored(string trusted)
    {
        await using var caddy = await LoneCaddy.StartAsync(trusted);
        var direct = await caddy.SeenAsync(null);
        Assert.True(IPAddress.TryParse(direct, out _), $"'{direct}' is not an address.");
        Assert.Equal(direct, await caddy.SeenAsync("203.0.113.9"));
        Assert.Equal(direct, await caddy.SeenAsync("203.0.113.9, 198.51.100.7"));
    }

    [Fact]
    public async Task A_client_address_from_a_trusted_proxy_is_used()
    {
        await using var caddy = await LoneCaddy.StartAsync(Here);
        Assert.Equal("203.0.113.9", await caddy.SeenAsync("203.0.113.9"));
        // The last address is the client of the proxy; the client may have invented the ones before it.
        Assert.Equal("203.0.113.9", await caddy.SeenAsync("198.51.100.7, 203.0.113.9"));
    }

    [Fact]
    public async Task A_client_that_sends_a_byte_a_second_is_disconnected_and_others_are_served()
    {
        await using var caddy = await LoneCaddy.StartAsync();
        var head = caddy.DripAsync("", "GET /api/crud/posts HTTP/1.1\r\nHost: app.local\r\nX-Long: " + new string('a', 120));
        var body = caddy.DripAsync(
            "POST /api/crud/posts HTTP/1.1\r\nHost: app.local\r\nContent-Type: application/json\r\nContent-Length: 120\r\n\r\n",
            new string(' ', 120)
        );
        while (!head.IsCompleted || !body.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            Assert.NotEmpty(await caddy.SeenAsync(null));
            Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
            await Task.WhenAny(Task.WhenAll(head, body), Task.Delay(1_000, Cancellation));
        }

        Assert.InRange(await head, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(25));
        Assert.InRange(await body, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task Answers_in_place_of_a_part_that_is_away_have_the_headers_that_protect_a_browser()
    {
        await using var caddy = await LoneCaddy.StartAsync();
        var answers = await Task.WhenAll(caddy.GetAsync("/api/auth/me"), caddy.GetAsync("/crud"), caddy.GetAsync("/auth/login"));
        Assert.Equal("5", answers[0].IsProblem(503).Header("Retry-After"));
        foreach (var page in answers[1..])
        {
            Assert.Contains(page.Status, (int[])[502, 503, 504]);
            Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
            Assert.Equal("5", page.Header("Retry-After"));
        }

        Assert.All(answers, answer => FrontDoorTests.Protects(answer));
    }

    /// <summary>
    /// The service <c>caddy</c> of <c>compose.yaml</c>, and in place of Posts a server that answers with the client address that it
    /// received.
    /// </summary>
    private sealed class LoneCaddy : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("kumiko-strangers-").FullName;
        private readonly Dictionary<string, string> _environment;
        private readonly int _port = Ports.Free();
        private X509Certificate2? _root;

        private LoneCaddy(string trusted) =>
            _environment = new Dictionary<string, string>
            {
                ["COMPOSE_PROJECT_NAME"] = $"kumiko-strangers-{Guid.NewGuid():N}"[..26],
                ["SITE_ADDRESS"] = "https://app.local",
                ["TRUSTED_PROXIES"] = trusted,
                ["EDGE_NETWORK"] = ComposeProject.FreeNetwork(),
                ["HTTP_PORT"] = Ports.Free().ToString(CultureInfo.InvariantCulture),
                ["HTTPS_PORT"] = _port.ToString(CultureInfo.InvariantCulture),
            };

        public static async Task<LoneCaddy> StartAsync(string trusted = "")
        {
            var caddy = new LoneCaddy(trusted);
            try
            {
                await caddy.UpAsync();
                return caddy;
            }
            catch
            {
                await caddy.DisposeAsync();
                throw;
            }
        }

        /// <summary>The client address that a module derives from what Caddy forwards.</summary>
        public async Task<string> SeenAsync(string? forwarded) =>
            (await GetAsync("/api/crud/posts", forwarded is null ? [] : [("X-Forwarded-For", forwarded)])).Is(200).Text;

        public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
        {
            using var handler = new SocketsHttpHandler();
            Way.Lead(handler, new IPEndPoint(IPAddress.Loopback, _port), _root);
            using var http = new HttpClient(handler);
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://app.local{path}"));
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            using var answer = await http.SendAsync(request, Cancellation);
            return await Answer.ReadAsync($"GET {path}", answer);
        }

        /// <summary>Sends the start at once and then one byte per second, and returns how long the other end accepted more.</summary>
        public async Task<TimeSpan> DripAsync(string start, string slow)
        {
            await using var connection = await TlsConnection.OpenAsync(new IPEndPoint(IPAddress.Loopback, _port), _root!);
            var clock = Stopwatch.StartNew();
            // An answer or the end of the connection: either shows that the server has stopped waiting.
            var ending = connection.ReadAsync();
            try
            {
                await connection.SendAsync(start);
                foreach (var letter in slow)
                {
                    await connection.SendAsync($"{letter}");
                    if (await Task.WhenAny(ending, Task.Delay(1_000, Cancellation)) == ending)
                        break;
                }
            }
            catch (IOException)
            {
                // The server closed the connection.
            }

            return clock.Elapsed;
        }

        public async ValueTask DisposeAsync()
        {
            await ComposeAsync("down", "--volumes", "--timeout", "5");
            _root?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private async Task UpAsync()
        {
            var project = _environment["COMPOSE_PROJECT_NAME"];
            // Reads a body before it answers, as a module does.
            await File.WriteAllTextAsync(
                Path.Combine(_folder, "Echo"),
                """
                {
                    admin off
                    auto_https off
                }
                http://:9080 {
                    respond 200
                }
                http://:8080 {
                    @body method POST
                    reverse_proxy @body 127.0.0.1:8089 {
                        request_buffers unlimited
                    }
                    respond "{header.X-Forwarded-For}" 200
                }
                http://:8089 {
                    respond 200
                }
                """
            );
            await File.WriteAllTextAsync(
                Path.Combine(_folder, "compose.yaml"),
                $$"""
                services:
                  echo:
                    image: caddy:2.11
                    volumes: ["{{_folder}}/Echo:/etc/caddy/Caddyfile:ro"]
                    networks: { edge: { aliases: [{{project}}-posts-1] } }
                    healthcheck: { test: [CMD, wget, -q, -O, /dev/null, http://127.0.0.1:9080/], interval: 1s, retries: 60 }
                  caddy:
                    depends_on: { echo: { condition: service_healthy } }
                    # Of what its own check asks for, only the echo server is here.
                    healthcheck:
                      test: [CMD, wget, -q, -O, /dev/null, --header, "Host: app.local", "http://127.0.0.1:9180/healthy/api/crud/health"]
                      interval: 1s
                      start_period: 0s
                      retries: 60
                """
            );
            await ComposeAsync("up", "--detach", "--wait", "caddy");
            var certificate = Path.Combine(_folder, "root.crt");
            await ComposeAsync("cp", "caddy:/data/caddy/pki/authorities/local/root.crt", certificate);
            _root = X509CertificateLoader.LoadCertificateFromFile(certificate);
        }

        private Task<string> ComposeAsync(params string[] arguments) =>
            DockerEngine.RunAsync([.. ComposeProject.Over(Path.Combine(_folder, "compose.yaml")), .. arguments], _environment);
    }
}
