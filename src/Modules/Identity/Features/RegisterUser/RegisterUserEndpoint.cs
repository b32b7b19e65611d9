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
        var result = await mediator.Send(
            request with
            {
                IdempotencyKey = KeyOf(request, http),
                ClientAddress = ClientAddress.Of(http),
            },
            cancellationToken
        );
        return result.Match(registered => Answers.Created($"/api/auth/users/{registered.Resource.Id}", registered), Problems.From);
    }

    // Nobody is signed in, so keys belong to the e-mail address: a caller who sends another's key sees nothing without the same password.
    // An address that is too long is rejected later and not worth folding.
    private static IdempotencyKey KeyOf(RegisterUserRequest request, HttpContext http) =>
        IdempotencyKey
            .Of(http)
            .OwnedBy(request.Email is { Length: <= Names.MaxEmail } email ? Names.EmailKey(email) : "")
            .For(request.Email ?? "", request.Username ?? "", request.Password ?? "");
}
