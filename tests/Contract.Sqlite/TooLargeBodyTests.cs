using System.Net.Sockets;
using System.Text;

namespace Kumiko.Contract.Sqlite;

/// <summary>Bodies over the limit, as the Host answers them without a proxy in front.</summary>
public class TooLargeBodyTests(RunningKumiko kumiko)
{
    // A server that answers without reading such a body must close the connection, and a client that isn't told so loses its next request.
    [Theory]
    [InlineData("POST", "/api/auth/login", "text/plain")]
    [InlineData("POST", "/api/crud/posts", "application/json")]
    [InlineData("PATCH", "/api/auth/login", "application/json")]
    [InlineData("POST", "/api/nothing", "application/json")]
    [InlineData("GET", "/api/crud/posts", "application/json")]
    public async Task An_answer_to_a_far_too_large_body_closes_the_connection(string method, string path, string mediaType)
    {
        // Sent by hand and left incomplete: a client that still writes when the connection closes may lose the answer.
        using var socket = new TcpClient();
        await socket.ConnectAsync(kumiko.Anyone.Address.Host, kumiko.Anyone.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {mediaType}\r\nContent-Length: 1200000\r\n\r\n{{"
            ),
            TestContext.Current.CancellationToken
        );
        var answer = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close\r\n", answer, StringComparison.Ordinal);
    }

    // A proxy that still writes when the connection closes loses the answer.
    [Fact]
    public async Task A_slightly_too_large_body_is_read_to_its_end()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(kumiko.Anyone.Address.Host, kumiko.Anyone.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
            ),
            TestContext.Current.CancellationToken
        );
        var chunk = Encoding.ASCII.GetBytes($"{10_000:x}\r\n{new string(' ', 10_000)}\r\n");
        for (var sent = 0; sent < 500_000; sent += 10_000)
            await stream.WriteAsync(chunk, TestContext.Current.CancellationToken);
        await stream.WriteAsync(
            "0\r\n\r\nGET /api/crud/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken
        );
        var answers = await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 413", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200", answers, StringComparison.Ordinal);
    }
}
