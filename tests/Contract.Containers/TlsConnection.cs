using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Kumiko.Contract.Containers;

/// <summary>An encrypted connection to Caddy that sends bytes unchanged, for what an HTTP client can't do.</summary>
public sealed class TlsConnection : IAsyncDisposable
{
    private readonly SslStream _stream;

    private TlsConnection(SslStream stream) => _stream = stream;

    /// <summary>The version of TLS that both sides agreed on.</summary>
    public SslProtocols Version => _stream.SslProtocol;

    /// <summary>Connects to <c>app.local</c> at this address. The version is the client's choice unless given.</summary>
    public static async Task<TlsConnection> OpenAsync(IPEndPoint address, X509Certificate2 root, SslProtocols version = SslProtocols.None)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var options = Way.Trusting(root);
        (options.TargetHost, options.EnabledSslProtocols) = ("app.local", version);
        await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
        return new TlsConnection(stream);
    }

    /// <summary>Sends text, a byte for each character.</summary>
    public ValueTask SendAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);

    /// <summary>What arrives next; empty if the other side has closed.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            return Encoding.Latin1.GetString(buffer, 0, await _stream.ReadAsync(buffer, TestContext.Current.CancellationToken));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Sends text and returns what arrives next; empty if the other side has closed.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        return await ReadAsync();
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();
}
