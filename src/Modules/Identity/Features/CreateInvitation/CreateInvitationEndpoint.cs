using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Invitations;
using Kumiko.Identity.Mail;
using Kumiko.Identity.StepUp;

namespace Kumiko.Identity.Features.CreateInvitation;

internal sealed class CreateInvitationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/admin/invitations", AnswerAsync)
            .ForAdmins()
            .RequireRecentSignIn()
            .WithName("CreateInvitation")
            .WithTags("Administration")
            .WithSummary("Invite somebody by mail")
            .WithDescription(
                "For admins, with a sign-in of the last 10 minutes. The link of the mail creates one account, with this address, within "
                    + "seven days. A newer invitation of the same address voids the older one. 409 if an account has "
                    + "proved the address, or where nobody may register."
            )
            .Idempotent()
            .RateLimited(IdentityLimits.Administration)
            .Produces<InvitationResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        CreateInvitationRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var email = request.Email ?? "";
        var result = await mediator.Send(
            new CreateInvitation(
                email,
                CurrentUser.Of(http.User),
                IdempotencyKey.Of(http).WithValues(email),
                MailLanguage.Of(http.Request)
            ),
            cancellationToken
        );
        return result.Match(created => Answers.Created($"/api/auth/admin/invitations/{created.Resource.Id}", created), Problems.From);
    }
}
