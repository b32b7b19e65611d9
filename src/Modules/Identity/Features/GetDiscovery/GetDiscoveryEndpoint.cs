namespace Kumiko.Identity.Features.GetDiscovery;

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
        // Pure OAuth clients look here (RFC 8414, 3.1): the well-known path comes before the issuer's path, not after it.
        app.MapGet("/.well-known/oauth-authorization-server/api/auth", Answer).AllowAnonymous().ExcludeFromDescription();
    }

    private static IResult Answer(HttpContext http, TokenSettings tokens)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Answers.Ok(new DiscoveryResponse(tokens.Issuer, $"{tokens.Issuer}/.well-known/jwks.json", [], ["public"], ["ES256"]));
    }
}
