using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.UndoFactors;

internal sealed class UndoFactorsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/factors/undo", AnswerAsync)
            .AllowAnonymous()
            .WithName("UndoFactors")
            .WithTags("Account")
            .WithSummary("Undo a second factor or a passkey that somebody else has added")
            .WithDescription(
                "The token is in the link of the mail that reports a new second factor, a new passkey or new recovery codes, for 72 hours. "
                    + "What was added then, and since then, is removed; so is what older links to the same address would remove. What the "
                    + "account had before stays. The address becomes the one to which the link was sent, every session ends, and the "
                    + "password is void: whoever added it knew it. The answer has a token for `POST /api/auth/password/reset`."
            )
            .Produces<UndoFactorsResponse>()
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.LinkRequests);

    private static async Task<IResult> AnswerAsync(
        UndoFactorsRequest request,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new UndoFactors(request.Token ?? ""), cancellationToken);
        return result.Match(recovered => Answers.Ok(new UndoFactorsResponse(recovered.ResetToken)), Problems.From);
    }
}
