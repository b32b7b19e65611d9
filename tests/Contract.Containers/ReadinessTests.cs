using System.Text.Json;

namespace Kumiko.Contract.Containers;

/// <summary>What the modules report about themselves, with the rights that they have in containers.</summary>
public class ReadinessTests
{
    [Theory]
    [InlineData("posts")]
    [InlineData("identity")]
    public async Task Every_part_of_a_module_is_healthy(string service)
    {
        var health = await ComposeProject.Running.HealthOfAsync(service);
        var parts = JsonDocument.Parse(health).RootElement.GetProperty("checks").EnumerateObject().ToList();
        Assert.Contains(parts, part => part.Name == "event_backlog");
        Assert.All(parts, part => Assert.True(part.Value.GetProperty("status").GetString() == "healthy", health));
    }
}
