using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Mail;

namespace Kumiko.Identity.Features.ForgotPassword;

internal sealed class ForgotPasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/password/forgot", AnswerAsync)
            .AllowAnonymous()
            .WithName("ForgotPassword")
            .WithTags("Account")
            .WithSummary("Request a mail with a link to choose a new password")
            .WithDescription("The answer is the same whether or not an account has the address.")
            .Produces(StatusCodes.Status202Accepted)
            .RateLimited(IdentityLimits.LinkRequests);

    private static async Task<IResult> AnswerAsync(
        ForgotPasswordRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(
            new ForgotPassword(request.Email ?? "", ClientAddress.Of(http), MailLanguage.Of(http.Request)),
            cancellationToken
        );
        return result.Match(_ => Results.Accepted(), Problems.From);
    }
}
