using System.Text.Json;

namespace Kumiko.Observability.Tests;

/// <summary>The Grafana dashboard as a file.</summary>
internal static class Dashboard
{
    public static JsonElement Json { get; } =
        JsonElement.Parse(File.ReadAllBytes(Repository.File("docker/grafana/dashboards/kumiko.json")));

    /// <summary>The panels, without the rows that group them.</summary>
    public static IEnumerable<JsonElement> Panels =>
        Json.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row");

    /// <summary>Every query, with the variables as Grafana fills them in when "All" is selected.</summary>
    public static IEnumerable<(string Panel, string Query)> Queries =>
        from panel in Panels
        from target in panel.GetProperty("targets").EnumerateArray()
        select (
            $"{panel.GetProperty("title").GetString()} {target.GetProperty("refId").GetString()}",
            Substituted(target.GetProperty("expr").GetString()!)
        );

    private static string Substituted(string query)
    {
        foreach (var variable in Json.GetProperty("templating").GetProperty("list").EnumerateArray())
            query = query.Replace(
                "$" + variable.GetProperty("name").GetString(),
                variable.GetProperty("allValue").GetString(),
                StringComparison.Ordinal
            );
        query = query.Replace("$__rate_interval", "30s", StringComparison.Ordinal);
        Assert.DoesNotContain("$", query, StringComparison.Ordinal);
        return query;
    }
}
