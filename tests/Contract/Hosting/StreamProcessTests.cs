using System.Diagnostics;

namespace Kumiko.Contract.Hosting;

public class StreamProcessTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_instance_tells_the_same()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var first = await installation.StartAsync();
        await using var second = await installation.StartAsync();
        using var here = new Caller(first.Address);
        using var there = new Caller(second.Address);
        using var listenerHere = await Listener.OpenAsync(here);
        using var listenerThere = await Listener.OpenAsync(there);
        var (alice, bob) = (await Person.JoinAsync(here, "alice"), await Person.JoinAsync(there, "bob"));

    [Fact]
    public async Task An_open_stream_ends_at_once_when_the_host_is_to_stop()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync();
        using var caller = new Caller(host.Address);
        using var listener = await Listener.OpenAsync(caller);
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 5);
        Assert.Null(await listener.ReadAsync());
        HostLog.HoldsNoUnhandledError(host.Log);
    }

    [Fact]
    public async Task A_process_holds_a_limited_number_of_streams()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Limits__Streams", "2"));
        using var caller = new Caller(host.Address);
        using var one = await Listener.OpenAsync(caller);
        var two = await Listener.OpenAsync(caller);
        (await caller.GetAsync(Listener.Path)).IsProblem(503);
}
