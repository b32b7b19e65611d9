using System.Diagnostics;
using System.Text.Json;

namespace Kumiko.Observability.Tests;

public sealed class PrometheusTests(WatchedSystem system) : IClassFixture<WatchedSystem>
{
    // Two scrapes, one reading of the tables, and a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_query_of_the_dashboard_returns_data()
    {
        var empty = Dashboard.Queries.ToList();
        Assert.True(empty.Count > 40, $"The dashboard has {empty.Count} queries.");
        await EventuallyEmptyAsync(empty, async query => (await system.QueryAsync(query.Query, Cancellation)).Count > 0);
    }

    [Fact]
    public async Task The_choice_of_instances_lists_all()
    {
        var definition = Dashboard.Json.GetProperty("templating").GetProperty("list")[0].GetProperty("definition").GetString();
        Assert.Equal("label_values(up{job=\"kumiko\"}, instance)", definition);
        await EventuallyEmptyAsync([0], async _ => (await system.QueryAsync("up{job=\"kumiko\"} == 1", Cancellation)).Count == 2);
    }

    [Fact]
    public async Task Every_target_is_scraped()
    {
        await EventuallyEmptyAsync(
            ["kumiko", "caddy"],
            async job => (await system.QueryAsync($"up{{job=\"{job}\"}}", Cancellation)) is { Count: > 0 } up && up.All(value => value == 1)
        );
    }

    [Fact]
    public async Task Every_alert_reads_series_and_labels_that_exist()
    {
        var groups = await system.AskAsync("/api/v1/rules", Cancellation);
        var rules = groups.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray()).ToList();
        Assert.True(rules.Count >= 8, $"Prometheus knows {rules.Count} alerts.");
        var selectors = new List<string>();
        foreach (var rule in rules)
        {
            var parsed = await system.AskAsync(
                $"/api/v1/parse_query?query={Uri.EscapeDataString(rule.GetProperty("query").GetString()!)}",
                Cancellation
            );
            selectors.AddRange(Selectors(parsed));
        }

        Assert.True(selectors.Count >= rules.Count, "An alert reads nothing.");
        await EventuallyEmptyAsync(
            [.. selectors.Distinct()],
            async selector => (await system.QueryAsync(selector, Cancellation)).Count > 0
        );
        rules =
        [
            .. (await system.AskAsync("/api/v1/rules", Cancellation))
                .GetProperty("groups")
                .EnumerateArray()
                .SelectMany(group => group.GetProperty("rules").EnumerateArray()),
        ];
        Assert.All(rules, rule => Assert.NotEqual("err", rule.GetProperty("health").GetString()));
    }

    // One selector for each series that a query reads, and one that requires each label by which the query filters or groups.
    private static IEnumerable<string> Selectors(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().SelectMany(Selectors);
        if (node.ValueKind != JsonValueKind.Object)
            return [];

        var inner = node.EnumerateObject().SelectMany(member => Selectors(member.Value));
        var type = node.TryGetProperty("type", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : "";
        if (type is not ("vectorSelector" or "matrixSelector"))
            return inner;

        var series = node.GetProperty("name").GetString()!;
        return node.GetProperty("matchers")
            .EnumerateArray()
            .Select(matcher => matcher.GetProperty("name").GetString()!)
            .Where(label => label != "__name__")
            .Select(label => $"{series}{{{label}!=\"\"}}")
            .Append(series);
    }

    private static async Task EventuallyEmptyAsync<T>(List<T> left, Func<T, Task<bool>> isDone)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            foreach (var item in left.ToList())
            {
                if (await isDone(item))
                    left.Remove(item);
            }

            if (left.Count == 0)
                return;
            Assert.True(clock.Elapsed < Patience, $"After {Patience.TotalSeconds} s nothing for:\n{string.Join('\n', left)}");
            await Task.Delay(500, Cancellation);
        }
    }
}
