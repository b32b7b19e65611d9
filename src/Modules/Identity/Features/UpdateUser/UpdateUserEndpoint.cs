using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.UpdateUser;

internal sealed class UpdateUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPatch("/api/auth/admin/users/{id:long}", AnswerAsync)
            .ForAdmins()
            .RequireRecentSignIn()
            .WithName("UpdateUser")
            .WithTags("Administration")
            .WithSummary("Change somebody's role, or disable or enable the account")
            .WithDescription(
                "For admins, with a sign-in of the last 10 minutes. Takes effect in every module within three seconds. A new role signs "
                    + "nobody out; a disabled account is signed out everywhere and cannot sign in. Nobody changes their "
                    + "own account this way, and the last admin stays one: 409."
            )
            .Conditional()
            .RateLimited(IdentityLimits.Administration)
            .Produces<ManagedUserResponse>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        UpdateUserRequest? request = null
    )
    {
        var reason = request?.Reason?.Trim();
        var result = await mediator.Send(
            new UpdateUser(
                id,
                request?.Role,
                request?.Disabled,
                string.IsNullOrEmpty(reason) ? null : reason,
                CurrentUser.Of(http.User),
                ExpectedVersion.Of(http.Request)
            ),
            cancellationToken
        );
        return result.Match(
            user =>
            {
                http.Response.Headers.ETag = user.Tag;
                return Answers.Ok(user.ToResponse());
            },
            Problems.From
        );
    }
}
