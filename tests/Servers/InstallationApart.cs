namespace Kumiko.TestServers;

/// <summary>A place where each module runs in its own processes, all behind one address, which stays the same over restarts.</summary>
/// <param name="databases">The databases of the modules.</param>
/// <param name="broker">The settings for the broker.</param>
public sealed class InstallationApart(Installation databases, IReadOnlyDictionary<string, string> broker) : IInstallation
{
    private readonly int _port = Ports.Free();

    // Caddy checks the health of all instances on one port, so each needs its own local address.
    private readonly int _operatorsPort = Ports.Free();
    private int _instances;

    /// <summary>Starts one process per module and Caddy in front of them, and waits until all answer.</summary>
    public Task<HostsApart> StartAsync(params (string Name, string Value)[] more) => StartAsync(1, 1, more);

    /// <summary>Starts several processes per module and Caddy in front of them, and waits until all answer.</summary>
    public async Task<HostsApart> StartAsync(int posts, int identity, params (string Name, string Value)[] more)
    {
        var addresses = new { Posts = Take(posts), Identity = Take(identity) };
        var caddy = await CaddyServer.StartAsync(_port, addresses.Posts, addresses.Identity, _operatorsPort);
        var hosts = new HostsApart(
            caddy,
            addresses.Posts.Select(own => new HostSlot(
                own,
                () => databases.Launch(own, Operators(own), [.. Settings, .. more, ("Modules", "posts")])
            )),
            addresses.Identity.Select(own => new HostSlot(
                own,
                () => databases.Launch(own, Operators(own), [.. Settings, .. more, ("Modules", "identity")])
            ))
        );
        try
        {
            await hosts.ReadyAsync();
            return hosts;
        }
        catch
        {
            await hosts.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one process with all modules in place of two that have ended, and returns at once.</summary>
    public HostProcess LaunchJoined(HostSlot posts, HostSlot identity) =>
        databases.Launch(
            posts.Address,
            Operators(posts.Address),
            [
                .. Settings,
                ("ASPNETCORE_URLS", $"{posts.Address};{identity.Address}"),
                ("Operators__Urls", $"{Operators(posts.Address)};{Operators(identity.Address)}"),
            ]
        );

    private IEnumerable<(string Name, string Value)> Settings =>
        [
            .. broker.Select(setting => (setting.Key, setting.Value)),
            ("Tokens__Issuer", $"http://127.0.0.1:{_port}/api/auth"),
            // Through Caddy, to any instance of Identity.
            ("Tokens__KeySet", $"http://127.0.0.1:{_port}/api/auth/.well-known/jwks.json"),
        ];

    async Task<IRunningHost> IInstallation.StartAsync(params (string Name, string Value)[] more) => await StartAsync(more);

    public Task<string> RunAsync(string command) => databases.RunAsync(command, [.. Settings, ("Modules", "identity")]);

    public ValueTask DisposeAsync() => databases.DisposeAsync();

    private List<Uri> Take(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Uri($"http://127.0.0.{++_instances + 1}:{Ports.Free()}"))];

    private Uri Operators(Uri address) => new($"http://{address.Host}:{_operatorsPort}");
}
