using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.TurnOffTotp;

internal sealed class TurnOffTotpEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/me/totp", AnswerAsync)
            .RequireAuthorization()
            .WithName("TurnOffTotp")
            .WithTags("Account")
            .WithSummary("Turn the second factor off")
            .WithDescription("Takes the password and a code. The recovery codes are deleted, too.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        [FromBody] TurnOffTotpRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var command = new TurnOffTotp(request.Password ?? "", request.TotpCode ?? "", CurrentUser.Of(http.User));
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
