using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.StepUp;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.UpdateMe;

internal sealed class UpdateMeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPatch("/api/auth/me", AnswerAsync)
            .RequireAuthorization()
            .WithName("UpdateMe")
            .WithTags("Account")
            .WithSummary("Change your name or e-mail address")
            .WithDescription(
                "A new e-mail address needs the password, too, or a sign-in of the last 10 minutes with a second factor or a passkey (see "
                    + "`POST /api/auth/reauthenticate`), if none was added in the last 72 hours. It is pending until it is proved. "
                    + "Until then the old one stays valid; it gets a mail, whose link undoes the change for 72 hours. The response doesn't "
                    + "reveal whether an address is taken."
            )
            .Conditional()
            .RateLimited(IdentityLimits.AccountChanges)
            .Produces<UserResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        SessionSettings sessions,
        TimeProvider clock,
        CancellationToken cancellationToken,
        UpdateMeRequest? request = null
    )
    {
        var result = await mediator.Send(
            new UpdateMe(
                request?.Username,
                request?.Email,
                request?.CurrentPassword,
                CurrentUser.Of(http.User),
                ExpectedVersion.Of(http.Request),
                AuthenticationMethods.HasMultipleFactors(http.User) && RecentSignIn.IsShownBy(http.User, sessions, clock)
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
