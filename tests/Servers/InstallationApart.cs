namespace Kumiko.Contract.Running;

/// <summary>A place where each module runs in processes of its own, all behind one address, which stays the same over restarts.</summary>
/// <param name="databases">The databases of the modules.</param>
/// <param name="broker">The settings by which Hosts reach their broker.</param>
public sealed class InstallationApart(Installation databases, IReadOnlyDictionary<string, string> broker) : IInstallation
{
    private readonly int port = Ports.Free();

    /// <summary>Starts a process of each module and Caddy before them, and waits until all answer.</summary>
    public Task<HostsApart> StartAsync(params (string Name, string Value)[] more) => StartAsync(1, 1, more);

    /// <summary>Starts several processes of each module and Caddy before them, and waits until all answer.</summary>
    public async Task<HostsApart> StartAsync(int posts, int identity, params (string Name, string Value)[] more)
    {
        var ports = new { Posts = Take(posts), Identity = Take(identity) };
        var caddy = await CaddyServer.StartAsync(port, ports.Posts.Select(Address), ports.Identity.Select(Address));
        (string, string)[] settings =
        [
            .. broker.Select(setting => (setting.Key, setting.Value)),
            ("Tokens__Issuer", $"http://127.0.0.1:{port}/api/auth"),
            // Inside, one goes to an instance; behind Caddy any would do.
            ("Tokens__KeySet", $"http://127.0.0.1:{port}/api/auth/.well-known/jwks.json"),
            .. more,
        ];
        var hosts = new HostsApart(
            caddy,
            ports.Posts.Select(own => new HostSlot(() => databases.Launch(own, [.. settings, ("Modules", "posts")]))),
            ports.Identity.Select(own => new HostSlot(() => databases.Launch(own, [.. settings, ("Modules", "identity")]))));
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

    async Task<IRunningHost> IInstallation.StartAsync(params (string Name, string Value)[] more) => await StartAsync(more);

    public ValueTask DisposeAsync() => databases.DisposeAsync();

    private static List<int> Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Ports.Free())];

    private static Uri Address(int port) => new($"http://127.0.0.1:{port}");
}
