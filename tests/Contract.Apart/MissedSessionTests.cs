using System.Diagnostics;

namespace Kumiko.Contract.Apart;

/// <summary>Instances of a module share what they know of ended sessions, and one that was stopped catches up before it serves.</summary>
public class MissedSessionTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Every_instance_of_a_module_refuses_ended_sessions()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var hosts = await installation.StartAsync(posts: 2, identity: 2);
        using var anyone = new Caller(hosts.Address);
        var alice = await Person.JoinAsync(anyone, "alice");
        using var instances = new Instances(hosts);
        foreach (var instance in instances.All)
            (await instance.With(alice.AccessToken).PostAsync("/api/crud/posts", new { content = "while it lasts" })).Is(201);

        (await alice.PostAsync("/api/auth/logout")).Is(204);

        var clock = Stopwatch.StartNew();
        foreach (var instance in instances.All)
        {
            while ((await instance.With(alice.AccessToken).PostAsync("/api/crud/posts", new { content = "too late" })).Status != 401)
            {
                Assert.True(clock.Elapsed < Promised, $"{instance.Address} still takes it after {clock.Elapsed.TotalSeconds:0.0} s.");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_restarted_module_reads_missed_session_ends_before_it_serves()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        var alice = await Person.JoinAsync(anyone, "alice");
        var other = await alice.OnAnotherDeviceAsync();
        var earlier = await alice.OnAnotherDeviceAsync();
        (await earlier.PostAsync("/api/auth/logout")).Is(204);
        await Eventually.IsAsync(() => earlier.PostAsync("/api/crud/posts", new { content = "?" }), answer => answer.Status == 401);

        Assert.Equal(0, await hosts.Posts[0].Host.StopAsync());
        (await other.PostAsync("/api/auth/logout")).Is(204);
        // More events than can be handled in a moment, before the event of the sign-out and after it.
        for (var n = 0; n < 5; n++)
            (await alice.PatchAsync("/api/auth/me", new { username = $"{alice.Username[..8]}_{n}" })).Is(200);
        await hosts.Posts[0].StartAgainAsync();

        // Through Caddy, which checks that a process is ready before it forwards to it.
        var answer = await Eventually.IsAsync(
            () => other.PostAsync("/api/crud/posts", new { content = "too late" }),
            answer => answer.Status is not (502 or 503)
        );
        answer.IsProblem(401);
        (await earlier.PostAsync("/api/crud/posts", new { content = "too late" })).IsProblem(401);
        (await alice.PostAsync("/api/crud/posts", new { content = "this one lives" })).Is(201);
    }

    private sealed class Instances(HostsApart hosts) : IDisposable
    {
        public IReadOnlyList<Caller> All { get; } = [.. hosts.Posts.Select(slot => new Caller(slot.Address))];

        public void Dispose()
        {
            foreach (var caller in All)
                caller.Dispose();
        }
    }
}
