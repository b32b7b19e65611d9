namespace Kumiko.BuildingBlocks.Web;

/// <summary>What a member looks like in the OpenAPI document.</summary>
/// <param name="json">The example as JSON, such as <c>"Alice"</c> with its quotes, <c>42</c> or <c>true</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ExampleAttribute(string json) : Attribute
{
    /// <summary>The example as JSON.</summary>
    public string Json { get; } = json;
}
