using System.Net.Sockets;
using System.Text;

namespace Kumiko.Contract.Hosting.Fuzz;

/// <summary>Bytes that no HTTP client would send. The server may close the connection or reject them; it must not fail.</summary>
public static class RawRequest
{
    private static readonly string[] Requests =
    [
        "GET /api/crud/posts/%ZZ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts?q=%FF%FE HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts?q=\u65e5\u672c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET //api//crud//posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET http://evil.test/api/crud/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nHost: y\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts HTTP/1.1\r\nHost: \u0001\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts HTTP/1.0\r\n\r\n",
        "GET /api/crud/posts HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "get /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "CONNECT evil.test:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "TRACE /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "HEAD /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nTransfer-Encoding: "
            + "chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: -1\r\nConnection: "
            + "close\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + "99999999999999999999\r\nConnection: close\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: "
            + "close\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\nConnection: "
            + "close\r\n\r\n{\"email\":",
        "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Type: text/plain\r\nContent-Length: "
            + "2\r\nConnection: close\r\n\r\n{}",
        "GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nBad Header\r\nConnection: close\r\n\r\n",
        "GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nX: \0\r\nConnection: close\r\n\r\n",
        "\r\n\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ];

    public static async Task SendAsync(Uri address, Random random)
    {
        var request = Requests[random.Next(Requests.Length)];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        var answer = "";
        try
        {
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(request), patience.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(client.GetStream());
            answer = await reader.ReadToEndAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            // The server closed the connection, which is also an answer.
        }

        Assert.False(
            answer.StartsWith("HTTP/1.1 5", StringComparison.Ordinal) && !answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal),
            $"{request}\n{answer}"
        );
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }
}
