using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.SetUpTotp;

internal sealed class SetUpTotpEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/me/totp", AnswerAsync)
            .RequireAuthorization()
            .RequireRecentSignIn()
            .WithName("SetUpTotp")
            .WithTags("Account")
            .WithSummary("Begin to set up an authenticator app")
            .WithDescription(
                "Returns a new secret for the app, as text, as an `otpauth` address and as a picture. It takes effect when the app's first "
                    + "code is confirmed, within 10 minutes. Needs a sign-in of the last 10 minutes (see `POST /api/auth/reauthenticate`)."
            )
            .Produces<SetUpTotpResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new SetUpTotp(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(Answers.Ok, Problems.From);
    }
}
