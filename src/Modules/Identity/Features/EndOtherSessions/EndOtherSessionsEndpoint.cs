using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed class EndOtherSessionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/sessions", AnswerAsync)
            .RequireAuthorization()
            .WithName("EndOtherSessions")
            .WithTags("Sessions")
            .WithSummary("Sign out everywhere else")
            .RateLimited(IdentityLimits.AccountChanges)
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new EndOtherSessions(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
