using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.RemovePasskey;

internal sealed class RemovePasskeyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/passkeys/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .RequireRecentSignIn()
            .WithName("RemovePasskey")
            .WithTags("Passkeys")
            .WithSummary("Remove a passkey")
            .WithDescription(
                "The last way to sign in cannot be removed: 409. Sessions that began with the passkey go on. The owner gets a mail. Needs "
                    + "a sign-in of the last 10 minutes (see `POST /api/auth/reauthenticate`)."
            )
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new RemovePasskey(id, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
