namespace Kumiko.Contract.Containers;

/// <summary>Kumiko as the containers of a Compose project.</summary>
/// <param name="address">The address for clients.</param>
/// <param name="log">Follows the log of the modules.</param>
public sealed class ComposeHost(Uri address, Output log) : IRunningHost
{
    public Uri Address => address;

    public string Log => log.All;

    public string NewLog() => log.New();

    public ValueTask DisposeAsync()
    {
        log.Dispose();
        return ValueTask.CompletedTask;
    }
}
