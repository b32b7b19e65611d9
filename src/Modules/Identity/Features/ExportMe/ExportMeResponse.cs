using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.ExportMe;

/// <summary>An export that is being collected.</summary>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="ExpiresAt">Until when it can be fetched.</param>
/// <param name="WaitingFor">The modules whose parts have not arrived yet.</param>
internal sealed record ExportMeResponse(
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    [property: MinLength(1), RegularExpression("^[a-z]+$"), Example("[\"posts\"]")] IReadOnlyList<string> WaitingFor
);

[JsonSerializable(typeof(ExportMeResponse))]
internal sealed partial class ExportMeResponseJson : JsonSerializerContext;
