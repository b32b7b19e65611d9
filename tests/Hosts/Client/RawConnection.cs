using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Kumiko.TestHosts.Client;

/// <summary>A connection that sends bytes unchanged, for what an HTTP client can't do.</summary>
public sealed class RawConnection : IDisposable
{
    private readonly Socket _socket;

    private RawConnection(Socket socket) => _socket = socket;

    /// <summary>Connects from a local address.</summary>
    public static async Task<RawConnection> OpenAsync(Uri address, IPAddress from)
    {
        var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(address.Host, address.Port), TestContext.Current.CancellationToken);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The other side closed before this one noticed that the connection was open.
        }

        return new RawConnection(socket);
    }

    /// <summary>Sends text, a byte for each character. Does nothing if the other side has closed.</summary>
    public async Task<bool> SendAsync(string text)
    {
        try
        {
            await _socket.SendAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends this many bytes repeatedly, until the other side closes or the call is cancelled.</summary>
    public async Task TrickleAsync(int bytes, TimeSpan pause, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && await SendAsync(new string(' ', bytes)))
            await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What arrives next; empty if the other side has closed.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[4_096];
        try
        {
            return Encoding.ASCII.GetString(buffer, 0, await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    /// <summary>Sends text and returns what arrives next; empty if the other side has closed.</summary>
    public async Task<string> AskAsync(string text) => await SendAsync(text) ? await ReadAsync() : "";

    public void Dispose() => _socket.Dispose();
}
