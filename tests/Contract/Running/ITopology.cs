namespace Kumiko.Contract.Running;

/// <summary>
/// One way of running Kumiko. Every test project brings a class <c>Topology</c> that implements this, and so runs the same tests
/// against another arrangement of processes and databases.
/// </summary>
public interface ITopology
{
    /// <summary>Why Kumiko cannot run this way here, in one line; null if it can.</summary>
    string? Missing { get; }

    /// <summary>Prepares an empty installation that nothing else uses: databases, a folder, and the settings that name them.</summary>
    Task<Installation> InstallAsync();
}
