using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.RefreshTokens;

internal sealed class RefreshTokensEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/refresh", AnswerAsync)
            .AllowAnonymous()
            .WithName("RefreshTokens")
            .WithTags("Sign-in")
            .WithSummary("Exchange the refresh token for a new pair of tokens")
            .WithDescription(
                "A refresh token can be used once. A client that lost the answer may send it again within 10 s and gets the same new token "
                    + "again; sent later, or after the new token was used, it ends the session, since somebody has copied it. The new "
                    + "token is returned the way the old one was sent: in the cookie or in the body. The cookie is accepted only from "
                    + "pages of this site."
            )
            .Produces<TokenResponse>()
            .RateLimited(IdentityLimits.RefreshRequests)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        RefreshTokensRequest? request = null
    )
    {
        var inBody = !string.IsNullOrEmpty(request?.RefreshToken);
        ErrorOr<string?> token = inBody ? request!.RefreshToken : RefreshCookie.Read(http);
        if (token.IsError)
            return Problems.From(token.Errors);

        var result = await mediator.Send(new RefreshTokens(token.Value), cancellationToken);
        // A failure leaves the cookie alone: it may belong to a newer sign-in by now.
        return result.Match(tokens => RefreshCookie.Deliver(http, tokens, inBody), Problems.From);
    }
}
