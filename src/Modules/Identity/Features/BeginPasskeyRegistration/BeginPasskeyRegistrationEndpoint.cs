using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.BeginPasskeyRegistration;

internal sealed class BeginPasskeyRegistrationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/passkeys/register/begin", AnswerAsync)
            .RequireAuthorization()
            .RequireRecentSignIn()
            .WithName("BeginPasskeyRegistration")
            .WithTags("Passkeys")
            .WithSummary("Begin to add a passkey")
            .WithDescription(
                "Returns the options for `navigator.credentials.create()`: pass them through "
                    + "`PublicKeyCredential.parseCreationOptionsFromJSON()`. They are good for one passkey, in this session, for five "
                    + "minutes. Needs a sign-in of the last 10 minutes (see `POST /api/auth/reauthenticate`)."
            )
            .Produces<PasskeyCreationOptions>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new BeginPasskeyRegistration(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(Answers.Ok, Problems.From);
    }
}
