using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kumiko.Browser;

namespace Kumiko.Contract.Containers;

/// <summary>HTTP/3 in a browser. .NET's own client needs a library for it that few machines have.</summary>
[Collection(nameof(InBrowser))]
public class Http3Tests(RunningKumiko kumiko, Chromium chromium)
{
    [Fact]
    public async Task Pages_and_the_API_work_over_HTTP_3()
    {
        var authority = kumiko.Anyone.Address.Authority;
        // Over QUIC, a browser accepts a certificate of an authority unknown to the machine only if its key is named on the command line.
        await using var browser = await chromium.LaunchAsync(
            $"--origin-to-force-quic-on={authority}:443",
            $"--ignore-certificate-errors-spki-list={await KeyHashAsync(authority)}"
        );
        var page = await browser.NewPageAsync(new() { BaseURL = kumiko.Anyone.Address.ToString() });

        await page.GotoAsync("/crud");
        var posts = await page.EvaluateAsync<string>("fetch('/api/crud/posts?limit=7').then(answer => answer.text())");
        var protocols = await page.EvaluateAsync<string[]>(
            "performance.getEntries().filter(entry => entry.responseStatus).map(entry => `${entry.nextHopProtocol} ${entry.name}`)"
        );

        Assert.StartsWith("{\"items\":[", posts, StringComparison.Ordinal);
        Assert.Contains(protocols, protocol => protocol.EndsWith("/crud", StringComparison.Ordinal));
        Assert.Contains(protocols, protocol => protocol.EndsWith("?limit=7", StringComparison.Ordinal));
        Assert.All(protocols, protocol => Assert.StartsWith("h3 ", protocol, StringComparison.Ordinal));
    }

    // The hash of the key in Caddy's certificate, in the format of the browser's switch.
    private static async Task<string> KeyHashAsync(string host)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(Way.Instead!, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(connection.GetStream());
        var options = Way.Trusting(Way.Root!);
        options.TargetHost = host;
        await tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        var certificate = (X509Certificate2)tls.RemoteCertificate!;
        return Convert.ToBase64String(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
