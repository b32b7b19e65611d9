namespace Kumiko.Contract.Running;

/// <summary>Kumiko as containers of a compose project.</summary>
/// <param name="address">Where clients reach it.</param>
/// <param name="log">What follows the log of its modules.</param>
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
