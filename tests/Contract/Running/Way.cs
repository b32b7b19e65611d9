using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Kumiko.Contract.Running;

/// <summary>
/// How the suite reaches a system whose name this machine does not know and whose certificate it does not trust. The environment says so
/// for
/// one that <c>KUMIKO_TEST_URL</c> names: <c>KUMIKO_TEST_CONNECT</c> is where to connect (<c>127.0.0.1:443</c>), <c>KUMIKO_TEST_ROOT</c>
/// the file of the root certificate.
/// </summary>
public static class Way
{
    /// <summary>Where to connect, whatever the name; null for where the name leads.</summary>
    public static IPEndPoint? Instead { get; set; } =
        IPEndPoint.TryParse(Environment.GetEnvironmentVariable("KUMIKO_TEST_CONNECT") ?? "", out var named) ? named : null;

    /// <summary>The one authority to trust; null for those that the machine trusts.</summary>
    public static X509Certificate2? Root { get; set; } =
        Environment.GetEnvironmentVariable("KUMIKO_TEST_ROOT") is { Length: > 0 } file
            ? X509CertificateLoader.LoadCertificateFromFile(file)
            : null;

    /// <summary>Has a client go this way.</summary>
    public static void Lead(SocketsHttpHandler handler) => Lead(handler, Instead, Root);

    /// <summary>Has a client speak from this address of the machine.</summary>
    public static void LeaveFrom(SocketsHttpHandler handler, IPAddress address) =>
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };

    /// <summary>Has a client connect to an address whatever the name, and trust one authority only, where these are given.</summary>
    public static void Lead(SocketsHttpHandler handler, IPEndPoint? instead, X509Certificate2? trusted)
    {
        if (instead is { } address)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(address, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            };
        }

        if (trusted is { } root)
            handler.SslOptions = Trusting(root);
    }

    /// <summary>How to speak TLS with one authority trusted, and no other.</summary>
    public static SslClientAuthenticationOptions Trusting(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
