using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Browsers;
using Kumiko.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Identity.Features.DeleteMe;

internal sealed class DeleteMeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/me", AnswerAsync)
            .RequireAuthorization()
            .WithName("DeleteMe")
            .WithTags("Account")
            .WithSummary("Delete your account")
            .WithDescription("The account and its sessions are deleted at once, its posts a moment later. The last admin can't: 409.")
            .Conditional()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        [FromBody] DeleteMeRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(
            new DeleteMe(request.Password ?? "", CurrentUser.Of(http.User), ExpectedVersion.Of(http.Request)),
            cancellationToken
        );
        return result.Match(
            _ =>
            {
                RefreshCookie.Clear(http.Response);
                BrowserData.Clear(http.Response);
                return Results.NoContent();
            },
            Problems.From
        );
    }
}
