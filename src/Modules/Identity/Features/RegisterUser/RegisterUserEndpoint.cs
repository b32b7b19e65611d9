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
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone)
            .RateLimited(IdentityLimits.PasswordRequests);

    private static async Task<IResult> AnswerAsync(
        RegisterUserRequest request,
        HttpContext http,
        IdempotencyStore idempotency,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        // Nobody is signed in, so keys are scoped to the e-mail address: a caller who sends another's key sees nothing without the same
        // password. An address that is too long is rejected later and not worth folding.
        var operation = idempotency.Scope(
            "RegisterUser",
            request.Email is { Length: <= Names.MaxEmail } email ? Names.EmailKey(email) : ""
        );
        var key = idempotency.Read(http.Request, userId: 0, operation, request.Email, request.Username, request.Password);
        if (key.IsError)
            return Problems.From(key.Errors);

        var result = await mediator.Send(
            request with
            {
                IdempotencyKey = key.Value,
                ClientAddress = ClientAddress.Of(http),
            },
            cancellationToken
        );
        return result.Match(
            registered =>
            {
                http.Response.Headers.ETag = registered.Tag;
                if (registered.Replayed)
                    http.Response.Headers[IdempotencyStore.ReplayedHeader] = "true";
                return Answers.Created($"/api/auth/users/{registered.User.Id}", registered.User);
            },
            Problems.From
        );
    }
}
