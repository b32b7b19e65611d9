using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Features.ResendVerification;

internal sealed class ResendVerificationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/email/verify/resend", AnswerAsync)
            .RequireAuthorization()
            .WithName("ResendVerification")
            .WithTags("Account")
            .WithSummary("Resend the mail that proves your e-mail address")
            .WithDescription("It goes to the pending address if there is one. The link of the mail before it becomes invalid.")
            .Produces(StatusCodes.Status202Accepted)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new ResendVerification(CurrentUser.Of(http.User)), cancellationToken);
        return result.Match(_ => Results.Accepted(), Problems.From);
    }
}
