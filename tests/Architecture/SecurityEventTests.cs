using System.Reflection;
using System.Text.Json;
using Kumiko.BuildingBlocks.Security;
using Xunit;

namespace Kumiko.Architecture.Tests;

public class SecurityEventTests
{
    [Fact]
    public void Operators_can_read_of_each_security_event()
    {
        var operations = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "operations.md"));
        Assert.All(
            SecurityEvent.All,
            happened =>
                Assert.Contains(
                    $"| `{happened.Name}` | {string.Join(", ", happened.Outcomes.Select(outcome => $"`{outcome}`"))} |",
                    Assert.Single(operations, line => line.StartsWith($"| `{happened.Name}` |", StringComparison.Ordinal)),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_catalogue_of_actions_is_documented()
    {
        var security = File.ReadAllText(Path.Combine(Solution.Root, "docs", "security.md"));
        var actions = Assembly.Load("Kumiko.Identity").GetType("Kumiko.Identity.Audit.AuditAction", throwOnError: true)!.GetEnumNames();
        Assert.All(
            actions,
            action => Assert.Contains($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(action)}`", security, StringComparison.Ordinal)
        );
    }
}
