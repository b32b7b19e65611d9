namespace Kumiko.Contract.Running;

/// <summary>One process on a MySQL server, each module with a database and two users of its own.</summary>
public sealed class Topology : ITopology<Installation>
{
    public string? Missing => Servers.Missing;

    public Task<Installation> InstallAsync() => MySqlServer.InstallAsync();
}
