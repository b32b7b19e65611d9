namespace Kumiko.BuildingBlocks.Modules;

/// <summary>
/// Every module of the installation, whether it runs in this process or in another one: what must hear from all of them knows by this when
/// one is missing.
/// </summary>
/// <param name="Names">The names of the modules.</param>
public sealed record InstalledModules(IReadOnlyList<string> Names);
