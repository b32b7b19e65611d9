using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Kumiko.TestHosts.Client;

/// <summary>
/// How the suite reaches a system whose name this machine can't resolve and whose certificate it doesn't trust. For a system that
/// <c>KUMIKO_TEST_URL</c> names, the environment says so: <c>KUMIKO_TEST_CONNECT</c> is where to connect (<c>127.0.0.1:443</c>),
/// <c>KUMIKO_TEST_ROOT</c> the file of the root certificate.
/// </summary>
public static class Way
{
    /// <summary>Where to connect, whatever the name; null to resolve the name.</summary>
    public static IPEndPoint? Instead { get; set; } =
        IPEndPoint.TryParse(Environment.GetEnvironmentVariable("KUMIKO_TEST_CONNECT") ?? "", out var named) ? named : null;

    /// <summary>The only authority to trust; null for those that the machine trusts.</summary>
    public static X509Certificate2? Root { get; set; } =
        Environment.GetEnvironmentVariable("KUMIKO_TEST_ROOT") is { Length: > 0 } file
            ? X509CertificateLoader.LoadCertificateFromFile(file)
            : null;

    /// <summary>Makes a client connect this way.</summary>
    public static void Lead(SocketsHttpHandler handler) => Lead(handler, Instead, Root);

    /// <summary>Makes a client connect from this local address.</summary>
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

    /// <summary>Makes a client connect to an address whatever the name, and trust only one authority, where these are given.</summary>
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

    /// <summary>TLS options that trust only one authority.</summary>
    public static SslClientAuthenticationOptions Trusting(X509Certificate2 root)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
