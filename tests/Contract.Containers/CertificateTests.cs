using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Kumiko.Contract.Containers;

/// <summary>Certificates for a real domain, from an authority that works like the public ones (ACME, RFC 8555).</summary>
public class CertificateTests
{
    [Fact]
    public async Task A_real_domain_gets_its_certificate_from_a_public_authority_automatically()
    {
        await using var project = new CertifiedCaddy("app.example.com");
        await project.StartAsync();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        Way.Lead(handler, new IPEndPoint(IPAddress.Loopback, project.HttpsPort), project.Root);
        using var http = new HttpClient(handler);

        // Only a certificate of that authority and for that name is accepted.
        var answer = await TryUntilItIsThereAsync(http, new Uri("https://app.example.com/"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/crud", answer.Headers.Location?.OriginalString);
        Assert.Equal("https://app.example.com/crud?a=b", await RedirectAsync($"http://127.0.0.1:{project.HttpPort}/crud?a=b"));
        // Caddy reaches itself over HTTPS, and no module behind it.
        Assert.Contains("503 Service Unavailable", await project.CheckHealthAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caddy_is_not_healthy_before_it_has_the_certificate()
    {
        await using var project = new CertifiedCaddy("app.example.com");
        await project.StartAsync(hasName: false);

        Assert.Contains("502 Bad Gateway", await project.CheckHealthAsync(), StringComparison.Ordinal);
    }

    // The header as it is sent: an Uri would leave out the default port by itself.
    private static async Task<string> RedirectAsync(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        return Assert.Single(answer.Headers.GetValues("Location"));
    }

    private static async Task<HttpResponseMessage> TryUntilItIsThereAsync(HttpClient http, Uri address)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await http.GetAsync(address, TestContext.Current.CancellationToken);
            }
            catch (HttpRequestException e)
            {
                Assert.True(
                    clock.Elapsed < TimeSpan.FromMinutes(3),
                    $"There is no such certificate after three minutes: {e.GetBaseException().Message}"
                );
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>
    /// The service <c>caddy</c> of <c>compose.yaml</c> under a domain name, and a certificate authority in place of the public ones.
    /// </summary>
    private sealed class CertifiedCaddy(string domain) : IAsyncDisposable
    {
        private const string Authority = "authority.internal";

        private readonly string _folder = Directory.CreateTempSubdirectory("kumiko-certificates-").FullName;
        private readonly Dictionary<string, string> _environment = new()
        {
            ["COMPOSE_PROJECT_NAME"] = $"kumiko-certificates-{Guid.NewGuid():N}"[..26],
            ["SITE_ADDRESS"] = $"https://{domain}",
            ["EDGE_NETWORK"] = ComposeProject.FreeNetwork(),
        };

        public int HttpPort { get; } = Ports.Free();

        public int HttpsPort { get; } = Ports.Free();

        /// <summary>The authority's root certificate, once the authority runs.</summary>
        public X509Certificate2? Root { get; private set; }

        /// <param name="hasName">False: the domain leads nowhere, so the authority issues no certificate.</param>
        public async Task StartAsync(bool hasName = true)
        {
            var file = await File.ReadAllTextAsync(Repository.File("Caddyfile"));
            // The file as it is, except for the certificate authority.
            var asked = file.Replace(
                "admin off\n",
                $"admin off\n\tacme_ca https://{Authority}/acme/local/directory\n\tacme_ca_root "
                    + "/authority/caddy/pki/authorities/local/root.crt\n",
                StringComparison.Ordinal
            );
            Assert.NotEqual(file, asked);
            await WriteAsync("Caddyfile", asked);
            await WriteAsync(
                "Authority",
                $$"""
                https://{{Authority}} {
                    tls internal
                    acme_server
                }
                """
            );
            await WriteAsync(
                "compose.yaml",
                $$"""
                services:
                  authority:
                    image: caddy:2.11
                    # Caddy reads the root among the authority's files.
                    user: "65532:65532"
                    cap_add: [NET_BIND_SERVICE]
                    depends_on: { volumes: { condition: service_completed_successfully } }
                    volumes: ["{{_folder}}/Authority:/etc/caddy/Caddyfile:ro", "authority:/data"]
                    networks: { public: { aliases: [{{Authority}}] } }
                    healthcheck:
                      test: [CMD, wget, -q, --no-check-certificate, -O, /dev/null, https://{{Authority}}/acme/local/directory]
                      interval: 1s
                      retries: 120
                  volumes:
                    entrypoint: [chown, -R, "65532:65532", /caddy-data, /caddy-config, /nats-data, /authority]
                    volumes: ["authority:/authority"]
                  caddy:
                    depends_on: { authority: { condition: service_healthy } }
                    volumes: ["{{_folder}}/Caddyfile:/etc/caddy/Caddyfile:ro", "authority:/authority:ro"]
                    networks: { public: { aliases: [{{(hasName ? domain : "")}}] } }
                    # Where an authority asks, whatever is free on this machine.
                    ports: !override ["127.0.0.1:{{HttpPort}}:80", "127.0.0.1:{{HttpsPort}}:443"]
                volumes:
                  authority:
                """
            );
            await ComposeAsync("up", "--detach", "caddy");
            var root = Path.Combine(_folder, "root.crt");
            await ComposeAsync("cp", "authority:/data/caddy/pki/authorities/local/root.crt", root);
            Root = X509CertificateLoader.LoadCertificateFromFile(root);
        }

        /// <summary>Runs the health check of Caddy's container, which fails because no module runs, and returns what it prints.</summary>
        public async Task<string> CheckHealthAsync()
        {
            var container = (await ComposeAsync("ps", "--quiet", "caddy")).Trim();
            var command = await DockerEngine.RunAsync(["inspect", "--format", "{{index .Config.Healthcheck.Test 1}}", container]);
            return await DockerEngine.RunAsync(["exec", container, "sh", "-c", $"({command.Trim()}) 2>&1 || true"]);
        }

        public async ValueTask DisposeAsync()
        {
            await ComposeAsync("down", "--volumes", "--timeout", "5");
            Root?.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder, name), text);

        private Task<string> ComposeAsync(params string[] arguments) =>
            DockerEngine.RunAsync([.. ComposeProject.Over(Path.Combine(_folder, "compose.yaml")), .. arguments], _environment);
    }
}
