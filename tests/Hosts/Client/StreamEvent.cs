using System.Text.Json;

namespace Kumiko.TestHosts.Client;

/// <summary>A server-sent event.</summary>
/// <param name="Id">Its <c>id:</c>.</param>
/// <param name="Name">Its <c>event:</c>.</param>
/// <param name="Text">Its <c>data:</c>.</param>
public sealed record StreamEvent(long Id, string Name, string Text)
{
    /// <summary>The data as JSON.</summary>
    public JsonElement Data => JsonElement.Parse(Text);

    /// <summary>The id of the post in the data; 0 if there is none.</summary>
    public long Post => Data.TryGetProperty("id", out var id) ? id.GetInt64() : 0;
}
