using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Invitations;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListInvitations;

internal sealed class ListInvitationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/admin/invitations", AnswerAsync)
            .ForAdmins()
            .WithName("ListInvitations")
            .WithTags("Administration")
            .WithSummary("List the invitations that can still be used, newest first")
            .WithDescription("For admins.")
            .Produces<ListResponse<InvitationResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var result = await mediator.Send(new ListInvitations(limit, cursor, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(page => Answers.Ok(page, invitation => invitation.ToResponse()), Problems.From);
    }
}
