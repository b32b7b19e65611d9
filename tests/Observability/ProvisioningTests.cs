namespace Kumiko.Observability.Tests;

/// <summary>What Grafana reads at its start, as files.</summary>
public sealed class ProvisioningTests
{
    [Fact]
    public void Every_panel_asks_the_provisioned_source_and_has_a_title_and_a_place_of_its_own()
    {
        var panels = Dashboard.Panels.ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("gridPos").GetRawText()).Distinct().Count());
        var sources = panels.Select(panel => panel.GetProperty("datasource"))
            .Concat(panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("datasource"))))
            .Select(source => source.GetProperty("uid").GetString()!)
            .Distinct();
        var uid = Assert.Single(sources);
        Assert.Contains($"uid: {uid}\n", File.ReadAllText(Repository.File("docker/grafana/provisioning/datasources/prometheus.yml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_is_explained_to_the_operator()
    {
        var alerts = File.ReadLines(Repository.File("docker/prometheus/alerts.yml"))
            .Where(line => line.Contains("- alert:", StringComparison.Ordinal))
            .Select(line => line.Split(':')[1].Trim())
            .ToList();
        var operations = File.ReadAllText(Repository.File("docs/operations.md"));
        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Contains($"| `{alert}` |", operations, StringComparison.Ordinal));
    }
}
