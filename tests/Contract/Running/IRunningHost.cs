namespace Kumiko.Contract.Running;

/// <summary>Kumiko as it runs somewhere: one process, or several behind one address.</summary>
public interface IRunningHost : IAsyncDisposable
{
    /// <summary>Where clients reach it.</summary>
    Uri Address { get; }

    /// <summary>Everything that its processes have logged so far.</summary>
    string Log { get; }

    /// <summary>What its processes have logged since this was last called.</summary>
    string NewLog();
}
