using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.SignIns;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.SignIn;

internal sealed class SignInEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/login", AnswerAsync)
            .AllowAnonymous()
            .WithName("SignIn")
            .WithTags("Sign-in")
            .WithSummary("Sign in")
            .WithDescription(
                "Starts a session. The refresh token is returned in an HttpOnly cookie, or in the body with `token_delivery` `body`. The "
                    + "session of a refresh token that is already in the cookie ends. If the account has a second factor, the right "
                    + "password without a valid `totp_code` is answered 401 with a `type` that ends in `/second-factor-required`: send the "
                    + "same request again with a code. After several wrong codes, further attempts have to wait. Where an "
                    + "installation asks for a proved e-mail address, the right password without one is answered 401 with a `type` that "
                    + "ends in `/email-verification-required`."
            )
            .Produces<TokenResponse>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        SignInRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var inBody = TokenDelivery.IsInBody(request.TokenDelivery);
        var client = SignInClient.Of(http, inBody, request.Remember);
        var command = new SignIn(
            request.Email ?? "",
            request.Password ?? "",
            string.IsNullOrWhiteSpace(request.TotpCode) ? null : request.TotpCode,
            request.TokenDelivery,
            client.Device,
            client.Address,
            client.DeviceToken,
            client.PreviousToken,
            client.Language,
            client.IsRemembered,
            request.ResendVerification ?? false
        );
        var result = await mediator.Send(command, cancellationToken);
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
