namespace Kumiko.Contract.Apart;

/// <summary>An export while a module is stopped.</summary>
public class MissingPartTests
{
    [Fact]
    public async Task An_export_waits_for_a_module_that_is_stopped_and_is_whole_when_it_returns()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var hosts = await installation.StartAsync();
        using var anyone = new Caller(hosts.Address);
        var erin = await Person.JoinAsync(anyone, "erin");
        await erin.WriteAsync("a part of it");
        Assert.Equal(0, await hosts.Posts[0].Host.StopAsync());

        for (var n = 0; n < 2; n++)
        {
            var waiting = (await erin.GetAsync("/api/auth/me/export")).Is(202);
            Assert.Equal(["posts"], waiting["waiting_for"].EnumerateArray().Select(module => module.GetString()));
            Assert.Equal("2", waiting.Header("Retry-After"));
        }

        await hosts.Posts[0].StartAgainAsync();
        var export = await Eventually.IsAsync(() => erin.GetAsync("/api/auth/me/export"), answer => answer.Status != 202);
        Assert.Equal("application/zip", export.Is(200).Header("Content-Type"));
    }
}
