using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed record EndOtherSessionsRequest(CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class EndOtherSessionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/sessions", AnswerAsync)
            .RequireAuthorization()
            .WithName("EndOtherSessions")
            .WithTags("Sessions")
            .WithSummary("Sign out everywhere else")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation)
    {
        var result = await mediator.Send(new EndOtherSessionsRequest(CurrentUser.Of(http.User)), cancellation);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
