namespace Kumiko.Contract.Running;

/// <summary>A place where Kumiko can run: what it wrote stays between two starts, until the installation is disposed.</summary>
public interface IInstallation : IAsyncDisposable
{
    /// <summary>
    /// Starts Kumiko here, with more settings in the spelling of environment variables, and waits until it is ready to answer.
    /// </summary>
    Task<IRunningHost> StartAsync(params (string Name, string Value)[] more);
}
