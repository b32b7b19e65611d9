namespace Kumiko.TestHosts;

/// <summary>
/// A place where a Host can run: a separate folder, and settings for separate databases. The data outlives the Hosts and stays until the
/// installation is disposed.
/// </summary>
/// <param name="settings">The settings of every Host that starts here, named as environment variables.</param>
/// <param name="remove">Removes what is outside the folder, such as databases on a server.</param>
public sealed class Installation(IReadOnlyDictionary<string, string> settings, Func<Task>? remove = null) : IInstallation
{
    // Starting is the most expensive thing that a Host does, and many starts at once would run into time limits.
    private static readonly SemaphoreSlim Starting = new(3);

    /// <summary>A new temporary folder; the working directory of every Host that starts here.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kumiko-contract-").FullName;

    /// <summary>The settings of every Host that starts here, named as environment variables.</summary>
    public IReadOnlyDictionary<string, string> Settings => settings;

    /// <summary>What <c>umask</c> is set to for every Host that starts here; null for that of the tests.</summary>
    public string? Umask { get; set; }

    /// <summary>Starts a Host and waits until it is ready to answer.</summary>
    public Task<HostProcess> StartAsync(params (string Name, string Value)[] more) => StartUntilAsync(host => host.ReadyAsync(), more);

    async Task<IRunningHost> IInstallation.StartAsync(params (string Name, string Value)[] more) => await StartAsync(more);

    /// <summary>Starts a Host that is expected to fail, and returns when it has ended.</summary>
    public Task<HostProcess> FailToStartAsync(params (string Name, string Value)[] more) => StartUntilAsync(host => host.ExitAsync(), more);

    /// <summary>Starts a Host and returns at once, for tests of the start itself.</summary>
    public HostProcess Launch(params (string Name, string Value)[] more) => Launch(OwnAddress(), OwnAddress(), more);

    /// <summary>Starts a Host that listens at these public and operators' addresses, and returns at once.</summary>
    public HostProcess Launch(Uri address, Uri operators, params (string Name, string Value)[] more) =>
        HostProcess.Launch(Folder, address, operators, With(more), Umask);

    /// <summary>Starts the program with a verb and its arguments, separated by spaces, and returns at once.</summary>
    public HostProcess LaunchVerb(string verb, params (string Name, string Value)[] more) =>
        HostProcess.Launch(Folder, OwnAddress(), OwnAddress(), With(more), Umask, verb.Split(' '));

    public Task<string> RunAsync(string command) => RunAsync(command, []);

    /// <summary>Does the same with additional settings, named as environment variables.</summary>
    public async Task<string> RunAsync(string command, (string Name, string Value)[] more)
    {
        await using var host = LaunchVerb(command, more);
        return await host.ExitAsync() == 0 ? host.Log : throw new InvalidOperationException($"'{command}' failed:\n{host.Log}");
    }

    private static Uri OwnAddress() => new($"http://127.0.0.1:{Ports.Free()}");

    public async ValueTask DisposeAsync()
    {
        if (remove is not null)
            await remove();
        Directory.Delete(Folder, recursive: true);
    }

    private Dictionary<string, string> With((string Name, string Value)[] more)
    {
        // Where Kumiko sends no mails by itself, the tests read them in a folder.
        var all = new Dictionary<string, string>(Settings) { ["Mail__Folder"] = Mailbox.Folder };
        foreach (var (name, value) in more)
            all[name] = value;
        return all;
    }

    private async Task<HostProcess> StartUntilAsync(Func<HostProcess, Task> until, (string Name, string Value)[] more)
    {
        await Starting.WaitAsync();
        var host = Launch(more);
        try
        {
            await until(host);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
        finally
        {
            Starting.Release();
        }
    }
}
