using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.BeginPasskeySignIn;

internal sealed class BeginPasskeySignInEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/passkeys/login/begin", AnswerAsync)
            .AllowAnonymous()
            .WithName("BeginPasskeySignIn")
            .WithTags("Passkeys")
            .WithSummary("Begin to sign in with a passkey")
            .WithDescription(
                "Returns the options for `navigator.credentials.get()`: pass them through "
                    + "`PublicKeyCredential.parseRequestOptionsFromJSON()`. They are the same for everybody, except for the challenge, and "
                    + "good once, for five minutes; for `POST /api/auth/reauthenticate`, too."
            )
            .Produces<PasskeyRequestOptions>()
            .RateLimited(IdentityLimits.PasskeyRequests);

    private static async Task<IResult> AnswerAsync(Mediation.Mediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok((await mediator.Send(new BeginPasskeySignIn(), cancellationToken)).Value);
}
