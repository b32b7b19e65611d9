using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Features.GetKeySet;

internal sealed class GetKeySetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/.well-known/jwks.json", Answer)
            .AllowAnonymous()
            .WithName("GetKeySet")
            .WithTags("Discovery")
            .WithSummary("Get the keys that verify access tokens")
            .WithDescription(
                "A new key is published an hour before it signs, and an old one stays until its last token has expired. A key that the "
                    + "operator has withdrawn disappears at once, and the one in its place is published a few seconds before it signs."
            )
            .Produces<KeySetResponse>();

    private static IResult Answer(HttpContext http, SigningKeyRing keys)
    {
        // Shorter than the hour that a key is published before it signs.
        http.Response.Headers.CacheControl = "public, max-age=300";
        return Answers.Ok(
            new KeySetResponse([.. keys.Published.Select(key => new KeyResponse("EC", "P-256", "sig", "ES256", key.Id, key.X, key.Y))])
        );
    }
}
