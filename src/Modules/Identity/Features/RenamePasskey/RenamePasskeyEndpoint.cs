using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.RenamePasskey;

internal sealed class RenamePasskeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPatch("/api/auth/passkeys/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .WithName("RenamePasskey")
            .WithTags("Passkeys")
            .WithSummary("Give a passkey another name")
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
