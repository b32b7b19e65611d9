[assembly: AssemblyFixture(typeof(Kumiko.Chaos.SharedServers))]

namespace Kumiko.Chaos;

/// <summary>
/// The database server and the broker of all tests, since starting them takes as long as a test. The tests run one after the other, each
/// with an installation of its own, and remove it.
/// </summary>
public sealed class SharedServers : IAsyncLifetime
{
    public DurableMySql MySql { get; private set; } = null!;

    public NatsServer Nats { get; private set; } = null!;

    public async ValueTask InitializeAsync() => (MySql, Nats) = (await DurableMySql.StartAsync(), await NatsServer.StartAsync());

    /// <summary>Makes an empty installation.</summary>
    public async Task<InstallationApart> InstallAsync() => new(await MySql.InstallAsync(), Nats.NewAccount());

    public async ValueTask DisposeAsync()
    {
        await MySql.DisposeAsync();
        await Nats.DisposeAsync();
    }
}
