[assembly: AssemblyFixture(typeof(Kumiko.Clients.Tests.Service))]

namespace Kumiko.Clients.Tests;

/// <summary>One Host on SQLite, started once, for third-party clients and proxies.</summary>
public sealed class Service : IAsyncLifetime
{
    private Installation? _installation;
    private HostProcess? _host;

    /// <summary>The address of the Host.</summary>
    public Uri Address => _host!.Address;

    /// <summary>A client that hasn't signed in.</summary>
    public Caller Anyone { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await new Topology().InstallAsync();
        // Proxies connect from 127.0.0.1, their clients from other addresses.
        _host = await _installation.StartAsync(("Proxy__Networks", "127.0.0.1/32"));
        Anyone = new Caller(_host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Anyone?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_installation is not null)
            await _installation.DisposeAsync();
    }
}
