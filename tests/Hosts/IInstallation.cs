namespace Kumiko.TestHosts;

/// <summary>A place where Kumiko can run. Its data stays between two starts, until the installation is disposed.</summary>
public interface IInstallation : IAsyncDisposable
{
    /// <summary>Starts Kumiko with additional settings, named as environment variables, and waits until it is ready.</summary>
    Task<IRunningHost> StartAsync(params (string Name, string Value)[] more);

    /// <summary>
    /// Runs a command of the program on the installation's data, as its operator would, beside the running Kumiko. Returns the output, or
    /// throws with it if the command fails.
    /// </summary>
    Task<string> RunAsync(string command);
}
