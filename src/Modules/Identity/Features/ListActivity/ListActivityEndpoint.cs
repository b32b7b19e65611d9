using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.Identity.Audit;
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
            .WithDescription("Sign-ins and attempts to, ended sessions, changes of the account, and what moderators and admins did to it.")
            .Produces<ListResponse<ActivityResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, ListActivity.MaxLimit), Example("20")]
            int limit = ListActivity.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var user = CurrentUser.Of(http.User);
        var result = await mediator.Send(new ListActivity(limit, cursor, user), cancellationToken);
        return result.Match(page => Answers.Ok(page, row => ResponseOf(row, user)), Problems.From);
    }

    private static ActivityResponse ResponseOf(AuditRow row, CurrentUser user) =>
        new(row.Id, row.At, row.Action, row.Outcome, ByWhom(row, user), row.SessionId, row.Client, row.Details);

    private static string ByWhom(AuditRow row, CurrentUser user)
    {
        if (row.ActorId == user.Id)
            return "self";
        // The operator has no account. Everything else without an actor is the attempt of somebody who was not signed in.
        return row.ActorId is not null || row.Action == AuditAction.RoleChange.Name() ? "staff" : "unknown";
    }
}
