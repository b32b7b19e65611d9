namespace Kumiko.Contract.Running;

/// <summary>One process on SQLite: what <c>dotnet run</c> gives, with nothing installed.</summary>
public sealed class Topology : ITopology<Installation>
{
    public string? Missing => null;

    public Task<Installation> InstallAsync() =>
        // Every test comes from one address, so limits hold only where they are what is tested.
        Task.FromResult(
            new Installation(
                new Dictionary<string, string>
                {
                    ["Database__Provider"] = "sqlite",
                    ["Database__Folder"] = "data",
                    ["RateLimits__Enabled"] = "false",
                    // As another machine of the same network calls it.
                    ["AllowedHosts"] = "kumiko.test",
                }
            )
        );
}
