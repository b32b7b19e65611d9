using System.Text.Json;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>How events are written down.</summary>
internal static class EventJson
{
    public static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
}
