namespace Kumiko.TestHosts;

/// <summary>A running Kumiko: one process, or several behind one address.</summary>
public interface IRunningHost : IAsyncDisposable
{
    /// <summary>The address for clients.</summary>
    Uri Address { get; }

    /// <summary>Everything that its processes have logged so far.</summary>
    string Log { get; }

    /// <summary>What its processes have logged since the last call.</summary>
    string NewLog();
}
