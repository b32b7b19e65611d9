using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Kumiko.Contract.Hosting;

public class StartAndStopTests
{
    [Fact]
    public async Task Nothing_is_written_into_the_home_directory()
    {
        await using var installation = await new Topology().InstallAsync();
        var home = Directory.CreateDirectory(Path.Combine(installation.Folder, "home"));
        await using var host = await installation.StartAsync(("HOME", home.FullName));
        using var caller = new Caller(host.Address);
        await Person.JoinAsync(caller, "alice");

        Assert.Empty(home.GetFileSystemInfos());
    }

    [Fact]
    public async Task Two_hosts_can_start_together_on_an_empty_database()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var first = installation.Launch();
        await using var second = installation.Launch();
        await Task.WhenAll(first.ReadyAsync(), second.ReadyAsync());
        using var here = new Caller(first.Address);
        using var there = new Caller(second.Address);

        // A person who signs in at one instance is recognized at the other, because they share the keys.
        var alice = await Person.JoinAsync(here, "alice");
        var bob = await Person.JoinAsync(there, "bob");
        var posts = new[]
        {
            (await there.With(alice.AccessToken).PostAsync("/api/crud/posts", new { content = "from the other side" })).Is(201),
            (await here.With(bob.AccessToken).PostAsync("/api/crud/posts", new { content = "likewise" })).Is(201),
        };
        (await there.With(alice.AccessToken).GetAsync("/api/auth/me")).Is(200);
        (await here.With(bob.AccessToken).GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(posts.Select(post => post.Id).OrderDescending(), (await here.GetAsync("/api/crud/posts")).Is(200).Ids);

        // A cursor of one instance works at the other.
        var page = (await here.GetAsync("/api/crud/posts?limit=1")).Is(200);
        (await there.GetAsync($"/api/crud/posts?limit=1&cursor={Uri.EscapeDataString(page.NextCursor!)}")).Is(200);
        HostLog.HoldsNoUnhandledError(first.Log);
        HostLog.HoldsNoUnhandledError(second.Log);
    }

    [Fact]
    public async Task A_stopping_process_finishes_running_requests_and_accepts_no_new_ones()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        var alice = await Person.JoinAsync(caller, "alice");
        var body = "{\"content\":\"slowly written\"}"u8.ToArray();
        using var slow = new TcpClient();
        await slow.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        await slow.GetStream()
            .WriteAsync(
                Encoding.ASCII.GetBytes(
                    $"POST /api/crud/posts HTTP/1.1\r\nHost: {host.Address.Authority}\r\nAuthorization: Bearer {alice.AccessToken}\r\n"
                        + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\nExpect: 100-continue\r\nConnection: "
                        + "close\r\n\r\n"
                ),
                TestContext.Current.CancellationToken
            );
        using var reader = new StreamReader(slow.GetStream());
        // The server sends this when the request runs and needs its body.
        Assert.Equal("HTTP/1.1 100 Continue", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await slow.GetStream().WriteAsync(body.AsMemory(0, 10), TestContext.Current.CancellationToken);

        var clock = Stopwatch.StartNew();
        host.Terminate();
        while (await TakesAConnectionAsync(host.Address))
        {
            Assert.False(host.HasEnded, host.Log);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.False(host.HasEnded, host.Log);
        await slow.GetStream().WriteAsync(body.AsMemory(10), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 201", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, await host.ExitAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);

        static async Task<bool> TakesAConnectionAsync(Uri address)
        {
            using var late = new TcpClient();
            try
            {
                await late.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task An_idle_connection_does_not_delay_the_stop()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var idle = new TcpClient();
        await idle.ConnectAsync(host.Address.Host, host.Address.Port, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task In_production_every_line_of_the_log_is_JSON()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        (await caller.GetAsync("/api/crud/posts")).Is(200);
        await host.StopAsync();
        var lines = host.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }
}
