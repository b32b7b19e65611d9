using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.FinishPasskeyRegistration;

internal sealed class FinishPasskeyRegistrationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/passkeys/register/finish", AnswerAsync)
            .RequireAuthorization()
            .WithName("FinishPasskeyRegistration")
            .WithTags("Passkeys")
            .WithSummary("Add the passkey that an authenticator made")
            .WithDescription(
                "Takes what `PublicKeyCredential.toJSON()` returns, and a `name` beside it. 410 if the options of `register/begin` were "
                    + "used or are too old. The owner gets a mail."
            )
            .Produces<PasskeyResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        FinishPasskeyRegistrationRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var answer = request.Response;
        var name = request.Name?.Trim();
        var command = new FinishPasskeyRegistration(
            WebAuthnJson.ReadAttestation(request.Id, request.Type, answer?.ClientDataJson, answer?.AttestationObject),
            string.IsNullOrEmpty(name) ? PasskeyRules.NameFrom(DeviceName.Of(http.Request.Headers.UserAgent)) : name,
            CurrentUser.Of(http.User)
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(passkey => Answers.Ok(passkey.ToResponse()), Problems.From);
    }
}
