using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.EndSession;

internal sealed record EndSessionRequest(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;

internal sealed class EndSessionEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/sessions/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .WithName("EndSession")
            .WithTags("Sessions")
            .WithSummary("Sign out somewhere")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(long id, HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation)
    {
        var result = await mediator.Send(new EndSessionRequest(id, CurrentUser.Of(http.User)), cancellation);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
