using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.VerifyEmail;

internal sealed class VerifyEmailEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/email/verify", AnswerAsync)
            .AllowAnonymous()
            .WithName("VerifyEmail")
            .WithTags("Account")
            .WithSummary("Prove an e-mail address")
            .WithDescription(
                "The token is in the link of the mail that a registration, a new address or `POST /api/auth/email/verify/resend` sends. A "
                    + "pending address becomes the address of the account; an account that has it without ever proving it loses it."
            )
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.LinkRequests);

    private static async Task<IResult> AnswerAsync(
        VerifyEmailRequest request,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new VerifyEmail(request.Token ?? ""), cancellationToken);
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
