using System.Text.Json;
using Kumiko.BuildingBlocks.Json;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>The JSON options of events.</summary>
internal static class EventJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = PlainJsonEncoder.Instance,
    };
}
