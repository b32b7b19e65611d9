using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.SecondFactors;

namespace Kumiko.Identity.Features.RenewRecoveryCodes;

internal sealed class RenewRecoveryCodesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/me/recovery-codes", AnswerAsync)
            .RequireAuthorization()
            .WithName("RenewRecoveryCodes")
            .WithTags("Account")
            .WithSummary("Get new recovery codes")
            .WithDescription("Takes the password and a code. The old recovery codes become invalid. The new ones are never shown again.")
            .Produces<RecoveryCodesResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        RenewRecoveryCodesRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var command = new RenewRecoveryCodes(request.Password ?? "", request.TotpCode ?? "", CurrentUser.Of(http.User));
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(codes => Answers.Ok(new RecoveryCodesResponse(codes)), Problems.From);
    }
}
