using System.Diagnostics;
using System.Net;

namespace Kumiko.Contract.Sqlite;

/// <summary>
/// What is not valid HTTP never reaches the program: the server refuses it without a body and closes the connection (decision 76).
/// </summary>
public class InvalidHttpTests
{
    [Fact]
    public async Task A_request_that_is_not_valid_HTTP_is_refused_without_a_body()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        Assert.All(
            await Task.WhenAll(InvalidHttp.Requests("localhost").Select(async sent => (sent.Alone, Answer: await AskAsync(sent.Request)))),
            asked =>
            {
                Assert.StartsWith($"HTTP/1.1 {asked.Alone} ", asked.Answer, StringComparison.Ordinal);
                Assert.Contains("\r\nContent-Length: 0\r\n", asked.Answer, StringComparison.Ordinal);
                Assert.Contains("\r\nConnection: close\r\n", asked.Answer, StringComparison.Ordinal);
                Assert.DoesNotContain("\r\nServer:", asked.Answer, StringComparison.Ordinal);
                Assert.EndsWith("\r\n\r\n", asked.Answer, StringComparison.Ordinal);
            }
        );

        async Task<string> AskAsync(string request)
        {
            using var connection = await RawConnection.OpenAsync(host.Address, IPAddress.Loopback);
            return await connection.AskAsync(request);
        }
    }

    [Fact]
    public async Task An_unknown_expectation_is_ignored()
    {
        using var connection = await RawConnection.OpenAsync(RunningKumiko.Host.Address, IPAddress.Loopback);
        var answer = await connection.AskAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_takes_longer_than_fifteen_seconds_for_its_headers_is_disconnected()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var slow = await RawConnection.OpenAsync(host.Address, IPAddress.Loopback);
        var since = Stopwatch.GetTimestamp();
        await slow.SendAsync("GET /api/crud/posts HTTP/1.1\r\nHost: localhost\r\nX-Long:");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var trickle = slow.TrickleAsync(1, TimeSpan.FromSeconds(1), stop.Token);
        var answer = await slow.ReadAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 10, 25);
        await stop.CancelAsync();
        await trickle;
    }
}
