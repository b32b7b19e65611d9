using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.KeepEmail;

internal sealed class KeepEmailEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/email/keep", AnswerAsync)
            .AllowAnonymous()
            .WithName("KeepEmail")
            .WithTags("Account")
            .WithSummary("Keep the e-mail address that somebody is about to change")
            .WithDescription(
                "The token is in the link of the mail that the old address gets when a new one is asked for. For 72 hours it undoes the "
                    + "change, even after the new address was proved, and removes what was added for signing in since. Every session of "
                    + "the account ends, and its password is void: whoever asked for the change knew it. The answer has a token for "
                    + "`POST /api/auth/password/reset`."
            )
            .Produces<KeepEmailResponse>()
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.LinkRequests);

    private static async Task<IResult> AnswerAsync(
        KeepEmailRequest request,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new KeepEmail(request.Token ?? ""), cancellationToken);
        return result.Match(kept => Answers.Ok(new KeepEmailResponse(kept.ResetToken)), Problems.From);
    }
}
