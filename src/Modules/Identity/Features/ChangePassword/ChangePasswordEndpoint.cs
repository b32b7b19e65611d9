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
                "Returns a new pair of tokens, as sign-in does. Every other session ends, and every older token of this session becomes invalid."
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
        var command = request with
        {
            User = CurrentUser.Of(http.User),
            ClientAddress = ClientAddress.Of(http),
            DeviceToken = DeviceCookie.Of(http.Request, inBody),
        };
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(
            tokens =>
            {
                if (command.DeviceToken is { } device)
                    DeviceCookie.Set(http.Response, device);
                return RefreshCookie.Deliver(http, tokens, inBody);
            },
            Problems.From
        );
    }
}
