using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.RenamePasskey;

internal sealed class RenamePasskeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPatch("/api/auth/passkeys/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .RequireRecentSignIn()
            .WithName("RenamePasskey")
            .WithTags("Passkeys")
            .WithSummary("Give a passkey another name")
            .WithDescription("Needs a sign-in of the last 10 minutes (see `POST /api/auth/reauthenticate`).")
            .Produces<PasskeyResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        long id,
        RenamePasskeyRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var command = new RenamePasskey(id, request.Name?.Trim() ?? "", CurrentUser.Of(http.User));
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(passkey => Answers.Ok(passkey.ToResponse()), Problems.From);
    }
}
