using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Browsers;
using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/logout", AnswerAsync)
            .WithName("SignOut")
            .WithTags("Sign-in")
            .WithSummary("Sign out")
            .WithDescription(
                "Ends the session of the access token. Without one, the refresh token in the body or the cookie says which session it is."
            )
            .OptionallyAuthorized()
            .Produces(StatusCodes.Status204NoContent)
            .RateLimited(IdentityLimits.RefreshRequests)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        SignOutRequest? request = null
    )
    {
        var user = await http.FindUserAsync();
        ErrorOr<string?> token =
            user is null && string.IsNullOrEmpty(request?.RefreshToken) ? RefreshCookie.Read(http) : request?.RefreshToken;
        if (token.IsError)
            return Problems.From(token.Errors);

        var result = await mediator.Send(new SignOut(token.Value, user), cancellationToken);
        if (RefreshCookie.IsPresent(http.Request))
            RefreshCookie.Clear(http.Response);
        return result.Match(
            _ =>
            {
                BrowserData.Clear(http.Response);
                return Results.NoContent();
            },
            Problems.From
        );
    }
}
