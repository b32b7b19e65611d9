using System.Text.Json;
using Kumiko.BuildingBlocks.Json;

namespace Kumiko.BuildingBlocks.Messaging;

/// <summary>How events are written down.</summary>
internal static class EventJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = PlainJsonEncoder.Instance,
    };
}
