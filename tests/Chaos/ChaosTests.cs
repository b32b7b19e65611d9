using System.Globalization;

namespace Kumiko.Chaos;

/// <summary>
/// Every part is killed while clients write. <c>KUMIKO_CHAOS_SEED</c> repeats a run, <c>KUMIKO_CHAOS_ROUNDS</c> makes it longer.
/// </summary>
public class ChaosTests(SharedServers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task Crashes_lose_nothing_acknowledged_and_repeat_nothing()
    {
        var seed = Setting("KUMIKO_CHAOS_SEED") ?? Random.Shared.Next();
        var rounds = Setting("KUMIKO_CHAOS_ROUNDS") ?? 1;
        output.WriteLine($"{rounds} rounds from seed {seed}");
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync(posts: 2, identity: 2);
        using var anyone = new Caller(hosts.Address);
        using var enough = new CancellationTokenSource();
        using var over = new CancellationTokenSource();
        var (ledger, follower, down, kills) = (new Ledger(), new Follower(anyone), "nothing", 0);
        var writers = new Writers(anyone, ledger, enough.Token);
        var following = follower.FollowAsync(over.Token);
        await follower.Began;
        Task[] work =
        [
            writers.WriteAsync(),
            writers.WriteAsync(),
            writers.RenameAsync(),
            writers.LeaveAsync(),
            writers.ReadAsync(() => Volatile.Read(ref down)),
        ];

        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            (string Name, Func<Task> Kill, Func<Task> Start)[] victims =
            [
                Process("one posts", hosts.Posts[random.Next(hosts.Posts.Count)]),
                Process("one identity", hosts.Identity[random.Next(hosts.Identity.Count)]),
                ("nats", servers.Nats.KillAsync, servers.Nats.StartAgainAsync),
                (
                    "mysql",
                    servers.MySql.KillAsync,
                    async () =>
                    {
                        await servers.MySql.StartAgainAsync();
                        await servers.MySql.ReadyAsync();
                    }
                ),
            ];
            random.Shuffle(victims);
            foreach (var (name, kill, start) in victims)
            {
                Volatile.Write(ref down, name);
                await kill();
                kills++;
                await PauseAsync(random.Next(1_000, 4_000));
                await start();
                await hosts.ReadyAsync();
                await PauseAsync(random.Next(500, 2_000));
                Volatile.Write(ref down, "nothing");
                await PauseAsync(500);
            }

            Volatile.Write(ref down, "identity");
            await Task.WhenAll(hosts.Identity.Select(slot => slot.Host.KillAsync()));
            kills += hosts.Identity.Count;
            // Longer than Caddy and Posts keep trying to reach it.
            await PauseAsync(10_000);
            foreach (var slot in hosts.Identity)
                await slot.StartAgainAsync();
            await hosts.ReadyAsync();
            Volatile.Write(ref down, "nothing");
        }

        await enough.CancelAsync();
        await Task.WhenAll(work);
        var events = await Proof.AllEventsTookEffectAsync(servers.MySql);
        await Proof.HoldsAsync(servers.MySql, ledger);
        var written = ledger.Posts.Keys.Concat(ledger.PostsOfTheDeleted.Keys).ToList();
        for (var left = 100; left > 0 && written.Any(post => !follower.Created.ContainsKey(post)); left--)
            await PauseAsync(200);
        await over.CancelAsync();

        output.WriteLine(
            $"{ledger.Acknowledged} writes acknowledged ({ledger.Posts.Count + ledger.PostsOfTheDeleted.Count} posts, "
                + $"{ledger.Deleted.Count} deletions), {ledger.Retried} requests sent again, {kills} kills"
        );
        output.WriteLine(
            $"{events}; the longest a rename or a deletion took to reach Posts was {ledger.MaxConvergence.TotalSeconds:0.0} s"
        );
        output.WriteLine($"The stream broke {follower.Breaks} times and reported {follower.Created.Count} posts");
        output.WriteLine(
            $"Reads by what was down: {string.Join(", ", ledger.Reads.Select(reads => $"{reads.Key} {reads.Value}"))}; "
                + $"{ledger.FailedReads.Count} failed"
        );
        foreach (var failed in ledger.FailedReads.GroupBy(read => read.Down))
            output.WriteLine(
                $"{failed.Count()} reads failed; down when they began and ended: {failed.Key}; such as {failed.First().Failure}"
            );

        var wrong = written.Where(post => follower.Created.GetValueOrDefault(post) != 1).ToList();
        Assert.True(
            wrong.Count == 0,
            $"{wrong.Count} posts were not exactly once in the stream, such as {wrong.FirstOrDefault()}: "
                + $"{follower.Created.GetValueOrDefault(wrong.FirstOrDefault())} times"
        );
        Assert.All(
            ["nats", "identity"],
            name => Assert.True(ledger.Reads.GetValueOrDefault(name) > 0, $"Nobody read while {name} was down.")
        );
        // Only an outage of the database or of Posts itself excuses a failure, at the beginning or the end of the read.
        Assert.DoesNotContain(
            ledger.FailedReads,
            read => !read.Down.Contains("mysql", StringComparison.Ordinal) && !read.Down.Contains("posts", StringComparison.Ordinal)
        );
        Assert.Equal(0, await hosts.StopAsync());
        HostLog.HoldsNothingPrivate(hosts.Log);
        await following;
    }

    [Fact]
    public async Task Switching_topology_on_the_same_data_loses_nothing()
    {
        await using var installation = await servers.InstallAsync();
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        using var enough = new CancellationTokenSource();
        var ledger = new Ledger();
        var writers = new Writers(anyone, ledger, enough.Token);
        Task[] work = [writers.WriteAsync(), writers.RenameAsync(), writers.LeaveAsync()];
        await WriteMoreAsync();

        var (posts, identity) = (hosts.Posts[0], hosts.Identity[0]);
        Assert.All(await Task.WhenAll(posts.Host.StopAsync(), identity.Host.StopAsync()), code => Assert.Equal(0, code));
        await using (var joined = installation.LaunchJoined(posts, identity))
        {
            await joined.ReadyAsync();
            await WriteMoreAsync();
            Assert.Equal(0, await joined.StopAsync());
        }

        await Task.WhenAll(posts.StartAgainAsync(), identity.StartAgainAsync());
        await hosts.ReadyAsync();
        await WriteMoreAsync();
        await enough.CancelAsync();
        await Task.WhenAll(work);
        output.WriteLine(await Proof.AllEventsTookEffectAsync(servers.MySql));
        await Proof.HoldsAsync(servers.MySql, ledger);
        output.WriteLine(
            $"{ledger.Acknowledged} writes acknowledged, {ledger.Retried} requests sent again, longest convergence "
                + $"{ledger.MaxConvergence.TotalSeconds:0.0} s"
        );

        async Task WriteMoreAsync()
        {
            for (var goal = ledger.Acknowledged + 50; ledger.Acknowledged < goal && !work.Any(task => task.IsCompleted); )
                await PauseAsync(50);
        }
    }

    private static (string Name, Func<Task> Kill, Func<Task> Start) Process(string name, HostSlot slot) =>
        (name, () => slot.Host.KillAsync(), slot.StartAgainAsync);

    private static Task PauseAsync(int milliseconds) => Task.Delay(milliseconds, TestContext.Current.CancellationToken);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
