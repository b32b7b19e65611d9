using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.GetKeySet;

/// <summary>The published keys (RFC 7517).</summary>
/// <param name="Keys">All by which a living token may be signed, and the next.</param>
internal sealed record KeySetResponse(IReadOnlyList<KeyResponse> Keys);

/// <summary>The public half of a key.</summary>
/// <param name="Kty">The kind of key, <c>EC</c>.</param>
/// <param name="Crv">The curve, <c>P-256</c>.</param>
/// <param name="Use">What it is for, <c>sig</c>.</param>
/// <param name="Alg">The algorithm, <c>ES256</c>.</param>
/// <param name="Kid">The id that tokens name in their header; its thumbprint (RFC 7638).</param>
/// <param name="X">The point's first coordinate in base64url.</param>
/// <param name="Y">The point's second coordinate in base64url.</param>
internal sealed record KeyResponse(
    [property: AllowedValues("EC"), Example("\"EC\"")] string Kty,
    [property: AllowedValues("P-256"), Example("\"P-256\"")] string Crv,
    [property: AllowedValues("sig"), Example("\"sig\"")] string Use,
    [property: AllowedValues("ES256"), Example("\"ES256\"")] string Alg,
    [property: Length(43, 43), Example("\"9qwaJ7P6ma1RgbSQ3jOPsQXMzj8DgSqmAnnRk4bfTBQ\"")] string Kid,
    [property: Length(43, 43), Example("\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\"")] string X,
    [property: Length(43, 43), Example("\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"")] string Y
);

[JsonSerializable(typeof(KeySetResponse))]
internal sealed partial class GetKeySetResponseJson : JsonSerializerContext;
