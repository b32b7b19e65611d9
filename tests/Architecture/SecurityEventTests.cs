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
}
