namespace Kumiko.Contract.MySql;

/// <summary>One process on a MySQL server. Each module has its own database and two users.</summary>
public sealed class Topology : ITopology<Installation>
{
    public string? Missing => Servers.Missing;

    public Task<Installation> InstallAsync() => MySqlServer.InstallAsync();
}
