using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Naming;
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
            .WithDescription("After a lost answer, repeat the request safely with the same `Idempotency-Key`.")
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
        var (email, username, password) = (request.Email ?? "", request.Username ?? "", request.Password ?? "");
        // Nobody is signed in, so keys belong to the e-mail address: a caller who sends another's key sees nothing without the same
        // password. An address that is too long is rejected later and not worth folding.
        var key = IdempotencyKey
            .Of(http)
            .OwnedBy(email.Length <= Names.MaxEmail ? Names.EmailKey(email) : "")
            .For(email, username, password);
        var result = await mediator.Send(new RegisterUser(email, username, password, ClientAddress.Of(http), key), cancellationToken);
        return result.Match(registered => Answers.Created($"/api/auth/users/{registered.Resource.Id}", registered), Problems.From);
    }
}
