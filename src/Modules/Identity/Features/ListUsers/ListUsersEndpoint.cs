using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Users;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.ListUsers;

internal sealed class ListUsersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/admin/users", AnswerAsync)
            .ForAdmins()
            .WithName("ListUsers")
            .WithTags("Administration")
            .WithSummary("List and find accounts, newest first")
            .WithDescription("For admins.")
            .Produces<ListResponse<ManagedUserResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [
            FromQuery(Name = "q"),
            Description("Only accounts whose name or e-mail address begins like this, in any case and width."),
            MaxLength(EmailAddresses.MaxLength),
            Example("\"hanako\"")
        ]
            string? q = null,
        [
            FromQuery(Name = "role"),
            Description("Only accounts with this role: `member`, `moderator` or `admin`."),
            AllowedValues(Roles.Member, Roles.Moderator, Roles.Admin),
            Example("\"member\"")
        ]
            string? role = null,
        [FromQuery(Name = "disabled"), Description("Only accounts that are disabled, or only those that are not."), Example("false")]
            bool? disabled = null,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var result = await mediator.Send(
            new ListUsers(
                string.IsNullOrEmpty(q) ? null : q,
                string.IsNullOrEmpty(role) ? null : role,
                disabled,
                limit,
                cursor,
                CurrentUser.Of(http.User)
            ),
            cancellationToken
        );
        return result.Match(page => Answers.Ok(page, user => user.ToResponse()), Problems.From);
    }
}
