using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Sessions;
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
                "Starts a session. The refresh token is returned in an HttpOnly cookie, or in the body with `token_delivery` `body`. The session of a refresh token that is already in the cookie ends."
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
        var command = request.From(http);
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(
            tokens =>
            {
                if (command.DeviceToken is { } device)
                    DeviceCookie.Set(http.Response, device);
                return RefreshCookie.Deliver(http, tokens, inBody: TokenDelivery.IsInBody(request.TokenDelivery));
            },
            Problems.From
        );
    }
}
