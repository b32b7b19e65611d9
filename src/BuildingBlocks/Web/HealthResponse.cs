using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.BuildingBlocks.Web;

/// <summary>The health of a module.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Database"><c>connected</c> or <c>disconnected</c>.</param>
/// <param name="Timestamp">The time of the check.</param>
public sealed record HealthResponse(
    [property: AllowedValues("healthy", "unhealthy"), Example("\"healthy\"")] string Status,
    [property: AllowedValues("connected", "disconnected"), Example("\"connected\"")] string Database,
    DateTimeOffset Timestamp
)
{
    /// <summary>The health of a module whose database answers or does not.</summary>
    public static HealthResponse Of(bool isConnected, DateTimeOffset now) =>
        new(isConnected ? "healthy" : "unhealthy", isConnected ? "connected" : "disconnected", now);
}

[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class HealthResponseJson : JsonSerializerContext;
