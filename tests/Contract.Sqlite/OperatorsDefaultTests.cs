using System.Net;
using System.Net.NetworkInformation;

namespace Kumiko.Contract.Sqlite;

/// <summary>Runs while no other test does, because others start Hosts that may take the default port.</summary>
[CollectionDefinition(nameof(OperatorsDefaultTests), DisableParallelization = true)]
[Collection(nameof(OperatorsDefaultTests))]
public class OperatorsDefaultTests
{
    [Fact]
    public async Task By_default_operators_are_served_on_this_machine_only()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = installation.Launch(("Operators__Urls", ""));
        await host.SaysAsync("Application started");
        Assert.SkipWhen(
            host.Log.Contains("the port of its default is taken", StringComparison.Ordinal),
            "Another program on this machine uses port 5081."
        );
        using var operators = new Caller(new Uri("http://localhost:5081")) { IsDescribed = false };
        (await operators.GetAsync("/health/live")).Is(200);
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == 5081);
        Assert.All(listeners, listener => Assert.True(IPAddress.IsLoopback(listener.Address), $"{listener}"));
    }
}
