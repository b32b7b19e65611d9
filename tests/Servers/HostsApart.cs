namespace Kumiko.TestServers;

/// <summary>Modules that each run in their own processes, behind Caddy.</summary>
public sealed class HostsApart(CaddyServer caddy, IEnumerable<HostSlot> posts, IEnumerable<HostSlot> identity) : IRunningHost
{
    public Uri Address => caddy.Address;

    /// <summary>The processes of Posts.</summary>
    public IReadOnlyList<HostSlot> Posts { get; } = [.. posts];

    /// <summary>The processes of Identity.</summary>
    public IReadOnlyList<HostSlot> Identity { get; } = [.. identity];

    /// <summary>All processes.</summary>
    public IEnumerable<HostSlot> All => Posts.Concat(Identity);

    public string Log => string.Concat(All.Select(slot => slot.Log));

    public string NewLog() => string.Concat(All.Select(slot => slot.Host.NewLog()));

    /// <summary>Waits until every process is ready and Caddy forwards to each module.</summary>
    public async Task ReadyAsync()
    {
        await Task.WhenAll(All.Select(slot => slot.Host.ReadyAsync()));
        using var caller = new Caller(Address);
        foreach (var path in (string[])["/api/crud/health", "/api/auth/health"])
            await Eventually.IsAsync(() => caller.GetAsync(path), answer => answer.Status == 200);
    }

    /// <summary>Asks every process to stop and waits until all have. Returns the first exit code that isn't 0, or 0.</summary>
    public async Task<int> StopAsync()
    {
        var codes = await Task.WhenAll(All.Select(slot => slot.Host.StopAsync()));
        await caddy.DisposeAsync();
        return codes.FirstOrDefault(code => code != 0);
    }

    /// <summary>Kills every process, as a power failure would.</summary>
    public async Task KillAsync()
    {
        await Task.WhenAll(All.Select(slot => slot.Host.KillAsync()));
        await caddy.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(All.Select(slot => slot.DisposeAsync().AsTask()));
        await caddy.DisposeAsync();
    }
}
