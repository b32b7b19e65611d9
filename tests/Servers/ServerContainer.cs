using DotNet.Testcontainers.Containers;

namespace Kumiko.TestServers;

/// <summary>A container that can be killed and started again with what it had stored.</summary>
public abstract class ServerContainer(IContainer container) : IAsyncDisposable
{
    /// <summary>Kills the container, as a crash or a power failure would.</summary>
    public async Task KillAsync() => await DockerEngine.RunAsync(["kill", "--signal", "KILL", container.Id]);

    /// <summary>Starts it again after a kill, and returns at once.</summary>
    public async Task StartAgainAsync() => await DockerEngine.RunAsync(["start", container.Id]);

    /// <summary>All output so far.</summary>
    public async Task<string> LogAsync()
    {
        var (output, errors) = await container.GetLogsAsync();
        return output + errors;
    }

    public async ValueTask DisposeAsync()
    {
        await container.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
