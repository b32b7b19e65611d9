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
                "After a lost answer, repeat the request safely with the same `Idempotency-Key`. The address gets a mail that proves it."
            )
            .Idempotent()
            .Produces<UserResponse>(StatusCodes.Status201Created)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        RegisterUserRequest request,
        HttpContext http,
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
            MailLanguage.Of(http.Request)
        );
        var result = await mediator.Send(command, cancellationToken);
        return result.Match(registered => Answers.Created($"/api/auth/users/{registered.Resource.Id}", registered), Problems.From);
    }
}
