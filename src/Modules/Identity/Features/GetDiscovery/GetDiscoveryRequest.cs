using System.ComponentModel.DataAnnotations;
using Carter;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

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

internal sealed class GetDiscoveryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/auth/.well-known/openid-configuration", Answer)
            .AllowAnonymous()
            .WithName("GetDiscovery")
            .WithTags("Discovery")
            .WithSummary("Get the issuer and the address of its keys")
            .Produces<DiscoveryResponse>();
        // Where clients of OAuth alone look (RFC 8414, 3.1): before the path of the issuer, not behind it.
        app.MapGet("/.well-known/oauth-authorization-server/api/auth", Answer).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Answer(HttpContext http, TokenSettings tokens)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Answers.Ok(new DiscoveryResponse(tokens.Issuer, $"{tokens.Issuer}/.well-known/jwks.json", [], ["public"], ["ES256"]));
    }
}
