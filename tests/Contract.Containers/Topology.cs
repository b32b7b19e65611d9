namespace Kumiko.Contract.Containers;

/// <summary>The containers of <c>compose.yaml</c>, through <c>https://app.local</c>.</summary>
public sealed class Topology : ITopology<ComposeProject>
{
    public string? Missing => Servers.Missing;

    public Task<ComposeProject> InstallAsync() => Task.FromResult(new ComposeProject());
}
