using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListActivity;

internal sealed class ListActivityEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/me/activity", AnswerAsync)
            .RequireAuthorization()
            .WithName("ListActivity")
            .WithTags("Account")
            .WithSummary("List what happened to your account in the last 90 days, newest first")
            .WithDescription(
                "Sign-ins and failed attempts, ended sessions, changes of the account, and what moderators and admins did to it."
            )
            .Produces<ListResponse<ActivityResponse>>()
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
        var result = await mediator.Send(new ListActivity(limit, cursor, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(page => Answers.Ok(page, activity => activity), Problems.From);
    }
}
