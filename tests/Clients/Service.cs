[assembly: AssemblyFixture(typeof(Kumiko.Clients.Tests.Service))]

namespace Kumiko.Clients.Tests;

/// <summary>One Host on SQLite, started once, that other people's clients and proxies speak to.</summary>
public sealed class Service : IAsyncLifetime
{
    private Installation? _installation;
    private HostProcess? _host;

    /// <summary>Where it listens.</summary>
    public Uri Address => _host!.Address;

    /// <summary>Somebody who has not signed in.</summary>
    public Caller Anyone { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _installation = await new Topology().InstallAsync();
        // Proxies speak from 127.0.0.1, their clients from other addresses.
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
