using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.Reauthenticate;

internal sealed class ReauthenticateEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/reauthenticate", AnswerAsync)
            .RequireAuthorization()
            .WithName("Reauthenticate")
            .WithTags("Sign-in")
            .WithSummary("Confirm your identity again")
            .WithDescription(
                "For an endpoint that answered 401 with `error=\"insufficient_user_authentication\"` (RFC 9470): renews the session's "
                    + "`auth_time` and returns an access token that has it; repeat the request with that token. The refresh token stays as "
                    + "it is. A passkey is good for every account. An account with a second factor takes `totp_code` (a code of the app, "
                    + "or a recovery code), too; one that has neither takes `password`."
            )
            .Produces<TokenResponse>()
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        ReauthenticateRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var command = new Reauthenticate(
            request.Password ?? "",
            request.TotpCode ?? "",
            CurrentUser.Of(http.User),
            request.Passkey is { Id: not null },
            request.Passkey?.Read()
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(Answers.Ok, Problems.From);
    }
}
