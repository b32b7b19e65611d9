using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.BuildingBlocks.Data;
using Microsoft.AspNetCore.Http;

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

    /// <summary>Asks the module's database: 200, or 503 when it does not answer.</summary>
    public static async Task<IResult> AnswerAsync(
        ModuleDatabase database,
        TimeProvider clock,
        HttpContext http,
        CancellationToken cancellationToken
    )
    {
        var connected = await database.CanConnectAsync(cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        if (!connected)
            http.Response.Headers.RetryAfter = "5";
        return Answers.Json(Of(connected, clock.Now()), connected ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class HealthResponseJson : JsonSerializerContext;
