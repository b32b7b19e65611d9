using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MySqlConnector;

namespace Kumiko.Chaos;

public class RollingRestartTests(SharedServers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task A_rolling_restart_of_three_instances_fails_no_request()
    {
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync(posts: 3, identity: 1, ("Shutdown__Delay", "3"));
        using var anyone = new Caller(hosts.Address);
        using var enough = new CancellationTokenSource();
        var alice = await Person.JoinAsync(anyone, "alice");
        var failures = new ConcurrentQueue<string>();
        var (reads, writes) = (0, 0);
        var work = Enumerable
            .Range(0, 6)
            .Select(lane =>
                Task.Run(async () =>
                {
                    while (!enough.IsCancellationRequested)
                    {
                        try
                        {
                            if (lane < 4)
                            {
                                (await anyone.GetAsync("/api/crud/posts?limit=5")).Is(200);
                                Interlocked.Increment(ref reads);
                            }
                            else
                            {
                                await alice.WriteAsync($"{Guid.NewGuid():N}");
                                Interlocked.Increment(ref writes);
                            }
                        }
                        catch (Exception e) when (e is HttpRequestException or Xunit.Sdk.XunitException)
                        {
                            failures.Enqueue($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {e.Message}");
                        }

                        await Task.Delay(20, TestContext.Current.CancellationToken);
                    }
                })
            )
            .ToList();

        foreach (var slot in hosts.Posts)
        {
            await Task.Delay(1_500, TestContext.Current.CancellationToken);
            Assert.Equal(0, await slot.Host.StopAsync());
            output.WriteLine($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {slot.Address} stopped");
            await slot.StartAgainAsync();
            await slot.Host.ReadyAsync();
        }

        await Task.Delay(1_500, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        await Task.WhenAll(work);
        output.WriteLine($"{reads} reads and {writes} writes over three restarts, {failures.Count} failed");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {reads + writes} requests failed, such as {failures.FirstOrDefault()}");
    }

    // The number of messages that a process handles at a time.
    private const int Handled = 4;

    [Fact]
    public async Task Events_of_a_stopping_instance_reach_another_within_seconds()
    {
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync(posts: 2, identity: 1);
        using var anyone = new Caller(hosts.Address);
        var people = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Person.JoinAsync(anyone, "before")));
        await Proof.AllUsersAreKnownAsync(servers.MySql, people.Length);
        await using var connection = await servers.MySql.OpenAsync();
        await using var keeper = await servers.MySql.OpenAsync();
        var authors = $"{await Proof.DatabaseAsync(connection, "posts")}.authors";
        var outbox = $"{await Proof.DatabaseAsync(connection, "identity")}.outbox";

        await Proof.RunAsync(keeper, $"lock tables {authors} write");
        foreach (var person in people)
        {
            (await person.PatchAsync("/api/auth/me", new { username = Person.UniqueName("after") })).Is(200);
            // Events that are sent together are handled together, and then few would be under way.
            while (await CountAsync($"select count(*) from {outbox} where delivered_at is null") > 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        while (await CountAsync("select count(*) from information_schema.processlist where state like 'Waiting for table%'") < 2 * Handled)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(0, await hosts.Posts[0].Host.StopAsync());
        await Proof.RunAsync(keeper, "unlock tables");

        var clock = Stopwatch.StartNew();
        while (await CountAsync($"select count(*) from {authors} where name like 'after%'") < people.Length)
        {
            // The broker takes back an event that nobody returns, but only after half a minute.
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), "Some events still wait after 15 s.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        output.WriteLine($"All were there {clock.ElapsedMilliseconds} ms after the table was free");
        HostLog.HoldsNoUnhandledError(hosts.Log);

        async Task<long> CountAsync(string sql)
        {
            await using var command = new MySqlCommand(sql, connection);
            return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        }
    }
}
