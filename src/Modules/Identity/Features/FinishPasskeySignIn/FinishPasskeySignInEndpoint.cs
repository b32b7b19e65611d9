using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.SignIns;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.FinishPasskeySignIn;

internal sealed class FinishPasskeySignInEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/passkeys/login/finish", AnswerAsync)
            .AllowAnonymous()
            .WithName("FinishPasskeySignIn")
            .WithTags("Passkeys")
            .WithSummary("Sign in with a passkey")
            .WithDescription(
                "Takes what `PublicKeyCredential.toJSON()` returns, and starts a session as `POST /api/auth/login` does; `token_delivery` "
                    + "and `remember` stand beside it. A passkey counts as two factors, so no code is asked for. 410 if the options of "
                    + "`login/begin` were used or are too old."
            )
            .Produces<TokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.PasskeyRequests);

    private static async Task<IResult> AnswerAsync(
        FinishPasskeySignInRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var inBody = TokenDelivery.IsInBody(request.TokenDelivery);
        var client = SignInClient.Of(http, inBody, request.Remember);
        var result = await mediator.Send(new FinishPasskeySignIn(request.Read(), request.TokenDelivery, client), cancellationToken);
        return result.Match(
            tokens =>
            {
                if (client.DeviceToken is not null)
                    DeviceCookie.Set(http.Response, client.DeviceToken);
                return RefreshCookie.Deliver(http, tokens, inBody);
            },
            Problems.From
        );
    }
}
