using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RegisterUser;

internal sealed class RegisterUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/register", AnswerAsync)
            .AllowAnonymous()
            .WithName("RegisterUser")
            .WithTags("Account")
            .WithSummary("Create an account")
            .WithDescription(
                "After a lost answer, repeat the request safely with the same `Idempotency-Key`. The address gets a mail that proves it. "
                    + "An installation may let nobody register, or only people with an invitation: 403 with a `type` that ends in "
                    + "`/registration-closed` or `/invitation-required`; an invitation that is void is 410. Where an installation hides "
                    + "which addresses have an account, the answer is 202 whether or not one has it, and a mail says what to do next."
            )
            .Idempotent()
            .Produces<UserResponse>(StatusCodes.Status201Created)
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        RegisterUserRequest request,
        HttpContext http,
        AccountSettings settings,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var command = new RegisterUser(
            request.Email ?? "",
            request.Username ?? "",
            request.Password ?? "",
            ClientAddress.Of(http),
            IdempotencyKey.Of(http),
            MailLanguage.Of(http.Request),
            string.IsNullOrEmpty(request.Invitation) ? null : request.Invitation
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(
            registered =>
                settings.RevealTakenEmails || command.Invitation is not null
                    ? Answers.Created($"/api/auth/users/{registered.Resource.Id}", registered)
                    : Accepted(http, registered.IsReplayed),
            Problems.From
        );
    }

    private static IResult Accepted(HttpContext http, bool isReplayed)
    {
        if (isReplayed)
            http.Response.Headers[IdempotencyStore.ReplayedHeader] = "true";
        return Results.Accepted();
    }
}
