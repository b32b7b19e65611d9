using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;

namespace Kumiko.Identity.Features.ChangePassword;

internal sealed class ChangePasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/me/password", AnswerAsync)
            .RequireAuthorization()
            .WithName("ChangePassword")
            .WithTags("Account")
            .WithSummary("Change your password")
            .WithDescription(
                "Returns a new pair of tokens, as sign-in does. Every other session ends, and every older token of this session becomes "
                    + "invalid."
            )
            .Produces<TokenResponse>()
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        ChangePasswordRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var inBody = TokenDelivery.IsInBody(request.TokenDelivery);
        var device = DeviceCookie.Of(http.Request, inBody);
        var command = new ChangePassword(
            request.CurrentPassword ?? "",
            request.NewPassword ?? "",
            request.TokenDelivery,
            CurrentUser.Of(http.User),
            ClientAddress.Of(http),
            device
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(
            tokens =>
            {
                if (device is not null)
                    DeviceCookie.Set(http.Response, device);
                return RefreshCookie.Deliver(http, tokens, inBody);
            },
            Problems.From
        );
    }
}
