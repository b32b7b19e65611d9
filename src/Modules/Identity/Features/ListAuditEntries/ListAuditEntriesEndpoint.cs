using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListAuditEntries;

internal sealed class ListAuditEntriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/admin/audit", AnswerAsync)
            .ForAdmins()
            .WithName("ListAuditEntries")
            .WithTags("Administration")
            .WithSummary("Read the audit trail, newest first")
            .WithDescription("For admins. Entries about deleted accounts name nobody any more.")
            .Produces<ListResponse<AuditEntryResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "actor"), Description("Only what this user did."), Range(typeof(long), "1", "9223372036854775807"), Example("1")]
            long? actor = null,
        [
            FromQuery(Name = "subject"),
            Description("Only what was done to this account."),
            Range(typeof(long), "1", "9223372036854775807"),
            Example("7")
        ]
            long? subject = null,
        [FromQuery(Name = "action"), Description("Only this action, such as `role_change`."), MaxLength(40), Example("\"sign_in\"")]
            string? action = null,
        [FromQuery(Name = "from"), Description("Only from this time on (RFC 3339)."), Example("\"2026-11-01T00:00:00Z\"")]
            DateTimeOffset? from = null,
        [FromQuery(Name = "to"), Description("Only before this time (RFC 3339)."), Example("\"2026-12-01T00:00:00Z\"")]
            DateTimeOffset? to = null,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var result = await mediator.Send(
            new ListAuditEntries(
                actor,
                subject,
                string.IsNullOrEmpty(action) ? null : action,
                from,
                to,
                limit,
                cursor,
                CurrentUser.Of(http.User)
            ),
            cancellationToken
        );
        return result.Match(page => Answers.Ok(page, ResponseOf), Problems.From);
    }

    private static AuditEntryResponse ResponseOf(NamedAuditRow row) =>
        new(
            row.Id,
            row.At,
            row.Action,
            row.Outcome,
            row.ActorId,
            row.ActorName,
            row.SubjectId,
            row.SubjectName,
            row.SessionId,
            row.Client,
            row.Details,
            row.Reason
        );
}
