using System.Net.Sockets;
using System.Text;

namespace Kumiko.Bench.Load.Load;

/// <summary>
/// A blocking connection to a server on this machine. It allocates nothing and needs the fewest instructions per request over loopback,
/// which matters because it shares the processors with the server.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        ReceiveTimeout = 60_000,
    };
    private byte[] _buffer = new byte[64 * 1024];

    /// <summary>Connects to 127.0.0.1.</summary>
    public HttpConnection(int port) => _socket.Connect("127.0.0.1", port);

    /// <summary>The bytes of a GET.</summary>
    public static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    /// <summary>The bytes of a POST.</summary>
    public static byte[] Post(string path, string json, string? token = null) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + (token is null ? "" : $"Authorization: Bearer {token}\r\n")
                + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
        );

    /// <summary>Sends a request (see <see cref="Get"/>) and waits for the whole answer.</summary>
    /// <returns>Its status code.</returns>
    /// <exception cref="InvalidDataException">The status is not one of the expected ones.</exception>
    public int Ask(byte[] request, params ReadOnlySpan<int> expected)
    {
        for (var sent = 0; sent < request.Length; )
            sent += _socket.Send(request.AsSpan(sent));

        var received = 0;
        int status;
        do
        {
            if (received == _buffer.Length)
                Array.Resize(ref _buffer, _buffer.Length * 2);
            var count = _socket.Receive(_buffer.AsSpan(received));
            if (count == 0)
                throw new InvalidDataException("The server closed the connection.");
            received += count;
        } while (!Response.TryRead(_buffer.AsSpan(0, received), out status));

        if (!expected.Contains(status))
            throw new InvalidDataException($"Unexpected answer: {Encoding.UTF8.GetString(_buffer.AsSpan(0, Math.Min(received, 1_000)))}");
        return status;
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
