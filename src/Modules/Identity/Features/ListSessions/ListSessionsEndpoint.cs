using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/sessions", AnswerAsync)
            .RequireAuthorization()
            .WithName("ListSessions")
            .WithTags("Sessions")
            .WithSummary("List where you are signed in, first the current session, then newest first")
            .Produces<ListResponse<SessionResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var user = CurrentUser.Of(http.User);
        var result = await mediator.Send(new ListSessions(limit, cursor, user), cancellationToken);
        return result.Match(page => Answers.Ok(page, row => ResponseOf(row, user)), Problems.From);
    }

    private static SessionResponse ResponseOf(SessionRow row, CurrentUser user) =>
        new(row.Id, row.Device, row.Address, row.CreatedAt, row.LastUsedAt, row.Id == user.SessionId);
}
