namespace Kumiko.Contract.Apart;

/// <summary>One process per module behind Caddy, on a MySQL server and with a broker between them.</summary>
public sealed class Topology : ITopology<InstallationApart>
{
    public string? Missing => Servers.Missing;

    public async Task<InstallationApart> InstallAsync() => new(await MySqlServer.InstallAsync(), await NatsServer.NewAccountAsync());
}
