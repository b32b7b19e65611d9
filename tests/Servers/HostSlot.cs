namespace Kumiko.TestServers;

/// <summary>The place of one process: it may die, and another replaces it with the same settings on the same port.</summary>
public sealed class HostSlot(Uri address, Func<HostProcess> launch) : IAsyncDisposable
{
    private string _logOfThoseBefore = "";

    /// <summary>The address on which it listens.</summary>
    public Uri Address => address;

    /// <summary>The current process, or the last one.</summary>
    public HostProcess Host { get; private set; } = launch();

    /// <summary>Everything that this and all earlier processes have logged.</summary>
    public string Log => _logOfThoseBefore + Host.Log;

    /// <summary>Starts a new process in place of one that has ended, and returns at once.</summary>
    public async Task StartAgainAsync()
    {
        _logOfThoseBefore += Host.Log;
        await Host.DisposeAsync();
        Host = launch();
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
