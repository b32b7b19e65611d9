using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.ConfirmTotp;

internal sealed class ConfirmTotpEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/me/totp/confirm", AnswerAsync)
            .RequireAuthorization()
            .WithName("ConfirmTotp")
            .WithTags("Account")
            .WithSummary("Turn the second factor on")
            .WithDescription(
                "Takes the first code of the app that was set up. From now on, signing in takes a code as well as the password. Returns "
                    + "the recovery codes, which are never shown again. The code is spent: the next sign-in takes the next one."
            )
            .Produces<RecoveryCodesResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        ConfirmTotpRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new ConfirmTotp(request.Code ?? "", CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(codes => Answers.Ok(new RecoveryCodesResponse(codes)), Problems.From);
    }
}
