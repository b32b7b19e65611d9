using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.GetDiscovery;

/// <summary>What a verifier of access tokens needs to know (OpenID Connect Discovery 1.0, 3).</summary>
/// <param name="Issuer">The <c>iss</c> of every token.</param>
/// <param name="JwksUri">Where the key set is.</param>
/// <param name="ResponseTypesSupported">Empty: people sign in at <c>/api/auth/login</c>, not by a redirect.</param>
/// <param name="SubjectTypesSupported">A user has the same <c>sub</c> for everybody.</param>
/// <param name="IdTokenSigningAlgValuesSupported">The algorithm of every token.</param>
internal sealed record DiscoveryResponse(
    [property: Url, Example("\"https://app.example.com/api/auth\"")] string Issuer,
    [property: Url, Example("\"https://app.example.com/api/auth/.well-known/jwks.json\"")] string JwksUri,
    [property: AllowedValues("none"), Example("[]")] IReadOnlyList<string> ResponseTypesSupported,
    [property: AllowedValues("public"), Example("[\"public\"]")] IReadOnlyList<string> SubjectTypesSupported,
    [property: AllowedValues("ES256"), Example("[\"ES256\"]")] IReadOnlyList<string> IdTokenSigningAlgValuesSupported
);

[JsonSerializable(typeof(DiscoveryResponse))]
internal sealed partial class GetDiscoveryResponseJson : JsonSerializerContext;
