using System.Diagnostics;
using Kumiko.Contract.Posts;

namespace Kumiko.Contract.Hosting;

public class StreamProcessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_instance_streams_the_same_events()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var first = await installation.StartAsync();
        await using var second = await installation.StartAsync();
        using var here = new Caller(first.Address);
        using var there = new Caller(second.Address);
        using var listenerHere = await Listener.OpenAsync(here);
        using var listenerThere = await Listener.OpenAsync(there);
        var (alice, bob) = (await Person.JoinAsync(here, "alice"), await Person.JoinAsync(there, "bob"));

        var written = await Task.WhenAll(
            StreamPostsTests.WriteAsync(alice, new Random(1), 40),
            StreamPostsTests.WriteAsync(bob, new Random(2), 40)
        );
        var next = await alice.WriteAsync("the last but one");
        var receivedHere = await listenerHere.ReadUntilAsync("post.created", next.Id);
        var clock = Stopwatch.StartNew();
        var last = await bob.WriteAsync("the last");
        receivedHere = [.. receivedHere, .. await listenerHere.ReadUntilAsync("post.created", last.Id)];
        output.WriteLine($"The other instance reported it after {clock.ElapsedMilliseconds} ms");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 20);
        var receivedThere = await listenerThere.ReadUntilAsync("post.created", last.Id);

        Assert.Equal(
            receivedThere.Select(happened => (happened.Id, happened.Name, happened.Post)),
            receivedHere.Select(happened => (happened.Id, happened.Name, happened.Post))
        );
        Assert.Equal(Enumerable.Range(1, receivedHere.Count).Select(number => (long)number), receivedHere.Select(happened => happened.Id));
        StreamPostsTests.IsWhatWasAnswered(receivedHere, written);

        // An event id of one instance works at the other.
        using var moved = await Listener.OpenAsync(there, receivedHere[9].Id);
        Assert.Equal(receivedHere[10].Id, (await moved.ReadAsync())!.Id);
        Assert.Equal(0, await first.StopAsync());
        HostLog.HoldsNoUnhandledError(first.Log);
        HostLog.HoldsNoUnhandledError(second.Log);
    }

    [Fact]
    public async Task An_open_stream_ends_as_soon_as_the_host_stops()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var listener = await Listener.OpenAsync(caller);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30);
        // A connection that was cut would end with an error.
        Assert.Null(await listener.ReadAsync());
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    [Fact]
    public async Task A_resumed_stream_gets_at_most_the_configured_events_and_bytes()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Limits__ResumedEvents", "3"), ("Limits__ResumedBytes", "4000"));
        using var caller = new Caller(host.Address);
        var alice = await Person.JoinAsync(caller, "alice");
        using var listener = await Listener.OpenAsync(caller);
        var seen = new List<StreamEvent>();
        foreach (var content in (string[])["one", "two", "three", "four"])
            seen.AddRange(await listener.ReadUntilAsync("post.created", (await alice.WriteAsync(content)).Id));

        using (var near = await Listener.OpenAsync(caller, seen[^4].Id))
        {
            foreach (var missed in seen[^3..])
                Assert.Equal(missed, await near.ReadAsync());
        }

        using (var far = await Listener.OpenAsync(caller, seen[^4].Id - 1))
            Assert.Equal(("stream.reset", seen[^1].Id), await NextAsync(far));

        // One of them is too long.
        var last = seen[^1].Id;
        await alice.WriteAsync("short");
        await listener.ReadUntilAsync("post.created", (await alice.WriteAsync(new string('x', 4_000))).Id);
        using var heavy = await Listener.OpenAsync(caller, last);
        Assert.Equal(("post.created", last + 1), await NextAsync(heavy));
        Assert.Equal(("stream.reset", last + 2), await NextAsync(heavy));

        static async Task<(string Name, long Id)> NextAsync(Listener listener)
        {
            var happened = await listener.ReadAsync();
            return (happened!.Name, happened.Id);
        }
    }

    [Fact]
    public async Task A_process_limits_its_open_streams()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Limits__Streams", "2"));
        using var caller = new Caller(host.Address);
        using var one = await Listener.OpenAsync(caller);
        var two = await Listener.OpenAsync(caller);
        (await caller.GetAsync(Listener.Path)).IsProblem(503);

        two.Dispose();
        for (var tries = 0; ; tries++)
        {
            using var answer = await caller.OpenAsync(Listener.Path);
            if ((int)answer.StatusCode == 200)
                break;
            Assert.True(tries < 100, "The place of the one that left stays taken.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
