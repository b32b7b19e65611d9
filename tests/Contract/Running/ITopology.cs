namespace Kumiko.Contract.Running;

/// <summary>
/// One way of running Kumiko. Every test project brings a class <c>Topology</c> that implements this, and so runs the same tests
/// against another arrangement of processes and databases.
/// </summary>
/// <remarks>
/// Which tests a project runs follows from what its topology can do, by two properties in the project file. All run what speaks HTTP to
/// an address. <c>StartsHosts</c> adds the folder <c>Installations</c>: tests that start a system with settings of their own.
/// <c>IsOneProcess</c> adds <c>Hosting</c>: tests that look at a process, and at what a public proxy keeps to itself.
/// </remarks>
public interface ITopology<TInstallation>
    where TInstallation : IInstallation
{
    /// <summary>Why Kumiko cannot run this way here, in one line; null if it can.</summary>
    string? Missing { get; }

    /// <summary>Prepares an empty installation that nothing else uses: databases, a folder, and the settings that name them.</summary>
    Task<TInstallation> InstallAsync();
}
