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
        Assert.All(Actions(), action => Assert.Contains($"`{action}`", security, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_a_text_for_each_action_and_reason_in_both_languages()
    {
        var messages = File.ReadAllText(Path.Combine(Solution.Root, "frontends", "auth", "src", "activity", "messages.ts"));
        HasTexts(messages, "actions", Actions());
        HasTexts(messages, "reasons", [.. Constants("Sessions.SessionEndReason"), .. Constants("SecondFactors.SecondFactorReason")]);
    }

    private static void HasTexts(string messages, string block, IReadOnlyCollection<string> names)
    {
        var blocks = messages
            .Split($"\n  {block}: {{\n")[1..]
            .Select(part => part[..part.IndexOf("\n  }", StringComparison.Ordinal)])
            .ToList();
        Assert.Equal(2, blocks.Count);
        Assert.NotEmpty(names);
        Assert.All(blocks, texts => Assert.All(names, name => Assert.Contains($"    {name}: ", texts, StringComparison.Ordinal)));
    }

    private static List<string> Actions() =>
        [.. Identity("Audit.AuditAction").GetEnumNames().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private static IEnumerable<string> Constants(string type) =>
        Identity(type)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

    private static Type Identity(string type) => Assembly.Load("Kumiko.Identity").GetType($"Kumiko.Identity.{type}", throwOnError: true)!;
}
