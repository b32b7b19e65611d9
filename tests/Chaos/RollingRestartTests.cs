using System.Collections.Concurrent;

namespace Kumiko.Chaos;

public class RollingRestartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Three_instances_that_restart_one_after_the_other_fail_no_request()
    {
        await using var mysql = await DurableMySql.StartAsync();
        await using var nats = await NatsServer.StartAsync();
        var installation = new InstallationApart(await mysql.InstallAsync(), nats.NewAccount());
        await using var hosts = await installation.StartAsync(posts: 3, identity: 1, ("Shutdown__Delay", "3"));
        using var anyone = new Caller(hosts.Address);
        using var enough = new CancellationTokenSource();
        var alice = await Person.JoinAsync(anyone, "alice");
        var failures = new ConcurrentQueue<string>();
        var (reads, writes) = (0, 0);
        var work = Enumerable.Range(0, 6).Select(lane => Task.Run(async () =>
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
        })).ToList();

        foreach (var slot in hosts.Posts)
        {
            await Task.Delay(1_500, TestContext.Current.CancellationToken);
            Assert.Equal(0, await slot.Host.StopAsync());
            output.WriteLine($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} port {slot.Port} stopped");
            await slot.StartAgainAsync();
            await slot.Host.ReadyAsync();
        }

        await Task.Delay(1_500, TestContext.Current.CancellationToken);
        await enough.CancelAsync();
        await Task.WhenAll(work);
        output.WriteLine($"{reads} reads and {writes} writes over three restarts, {failures.Count} failed");
        Assert.True(failures.IsEmpty, $"{failures.Count} of {reads + writes} requests failed, such as {failures.FirstOrDefault()}");
    }
}
