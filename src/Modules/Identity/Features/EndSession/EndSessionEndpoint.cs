using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.EndSession;

internal sealed class EndSessionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/sessions/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .WithName("EndSession")
            .WithTags("Sessions")
            .WithSummary("Sign out somewhere")
            .RateLimited(IdentityLimits.AccountChanges)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new EndSession(id, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
