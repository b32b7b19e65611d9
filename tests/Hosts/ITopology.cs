namespace Kumiko.TestHosts;

/// <summary>
/// One way of running Kumiko. Every test project has a class <c>Topology</c> that implements this, and so runs the same tests against a
/// different arrangement of processes and databases.
/// </summary>
/// <remarks>
/// Two properties in the project file select the tests according to what the topology can do. All projects run the tests that send HTTP to
/// an address. <c>StartsHosts</c> adds the folder <c>Installations</c>: tests that start a system with their own settings.
/// <c>IsOneProcess</c> adds <c>Hosting</c>: tests of a single process, on each database.
/// </remarks>
public interface ITopology<TInstallation>
    where TInstallation : IInstallation
{
    /// <summary>Why Kumiko can't run this way here, in one line; null if it can.</summary>
    string? Missing { get; }

    /// <summary>Prepares an empty installation that nothing else uses: databases, a folder, and the settings for them.</summary>
    Task<TInstallation> InstallAsync();
}
