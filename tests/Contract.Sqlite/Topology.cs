namespace Kumiko.Contract.Sqlite;

/// <summary>One process on SQLite: what <c>dotnet run</c> starts, with nothing installed.</summary>
public sealed class Topology : ITopology<Installation>
{
    public string? Missing => null;

    public Task<Installation> InstallAsync() =>
        // All tests come from one address, so limits are on only in the tests of limits.
        Task.FromResult(
            new Installation(
                new Dictionary<string, string>
                {
                    ["Database__Provider"] = "sqlite",
                    ["Database__Folder"] = "data",
                    ["RateLimits__Enabled"] = "false",
                    // The name that another machine in the same network uses.
                    ["AllowedHosts"] = "kumiko.test",
                }
            )
        );
}
