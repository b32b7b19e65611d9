using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.WithdrawInvitation;

internal sealed class WithdrawInvitationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/admin/invitations/{id:long}", AnswerAsync)
            .ForAdmins()
            .RequireRecentSignIn()
            .WithName("WithdrawInvitation")
            .WithTags("Administration")
            .WithSummary("Withdraw an invitation")
            .WithDescription("For admins, with a sign-in of the last 10 minutes.")
            .RateLimited(IdentityLimits.Administration)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new WithdrawInvitation(id, CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
