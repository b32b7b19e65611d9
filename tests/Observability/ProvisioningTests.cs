namespace Kumiko.Observability.Tests;

/// <summary>The files that Grafana reads at its start.</summary>
public sealed class ProvisioningTests
{
    private static IReadOnlyList<string> Alerts
    {
        get
        {
            var alerts = File.ReadLines(Repository.File("docker/prometheus/alerts.yml"))
                .Where(line => line.Contains("- alert:", StringComparison.Ordinal))
                .Select(line => line.Split(':')[1].Trim())
                .ToList();
            Assert.NotEmpty(alerts);
            return alerts;
        }
    }

    [Fact]
    public void Every_panel_has_the_provisioned_source_a_title_and_its_own_place()
    {
        var panels = Dashboard.Panels.ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.Equal(panels.Count, panels.Select(panel => panel.GetProperty("gridPos").GetRawText()).Distinct().Count());
        var sources = panels
            .Select(panel => panel.GetProperty("datasource"))
            .Concat(
                panels.SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("datasource")))
            )
            .Select(source => source.GetProperty("uid").GetString()!)
            .Distinct();
        var uid = Assert.Single(sources);
        Assert.Contains(
            $"uid: {uid}\n",
            File.ReadAllText(Repository.File("docker/grafana/provisioning/datasources/prometheus.yml")),
            StringComparison.Ordinal
        );
    }

    // Uses Prometheus' own test runner: what makes each alert fire, and what doesn't.
    [Fact]
    public async Task Alerts_fire_when_they_should_and_only_then()
    {
        const string Rules = "alerts.test.yml";
        var tested = await File.ReadAllTextAsync(Repository.File($"docker/prometheus/{Rules}"), TestContext.Current.CancellationToken);
        Assert.All(Alerts, alert => Assert.Contains($"alertname: {alert}", tested, StringComparison.Ordinal));
        await DockerEngine.RunAsync([
            "run",
            "--rm",
            "--network",
            "none",
            "--volume",
            $"{Repository.File("docker/prometheus")}:/rules:ro",
            "--entrypoint",
            "promtool",
            "prom/prometheus:v3.5",
            "test",
            "rules",
            $"/rules/{Rules}",
        ]);
    }

    [Fact]
    public void Every_alert_is_explained_in_the_documents()
    {
        var operations = File.ReadAllText(Repository.File("docs/operations.md"));
        Assert.All(Alerts, alert => Assert.Contains($"| `{alert}` |", operations, StringComparison.Ordinal));
    }
}
