using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.RegisterUser;

/// <summary>A new account.</summary>
internal sealed record RegisterUserRequest : ICommand<ErrorOr<RegisteredUser>>
{
    /// <summary>An e-mail address that no other account has, whatever its case and whether its domain is in Unicode or in ASCII.</summary>
    [Required, EmailAddress, MaxLength(Names.LongestEmail), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>
    /// The name that everybody sees: 3 to 32 letters of one script (any; Japanese, Korean and Chinese writing count as one each), digits, <c>_</c>, <c>-</c> and <c>.</c>, all visible,
    /// at most two marks on a letter, and at least one letter or digit. No other account has it, whatever its case, nor one that looks like it; some are reserved, and one that
    /// was given up stays its owner's for 90 days.
    /// </summary>
    [Required, Length(Names.ShortestUsername, Names.LongestUsername), Example("\"hanako\"")]
    public string? Username { get; init; }

    /// <summary>8 to 128 characters, any of them, but none of the common passwords, nor one made of the name, the address or the name of this site.</summary>
    [Required, Length(AccountRules.ShortestPassword, AccountRules.LongestPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    /// <summary>Where the client is, as limits count it.</summary>
    [JsonIgnore]
    public string ClientAddress { get; init; } = "";

    [JsonIgnore]
    public IdempotencyKey IdempotencyKey { get; init; } = IdempotencyKey.None;
}

/// <summary>What became of it: the account, its entity tag, and whether this answer was given before.</summary>
internal sealed record RegisteredUser(UserResponse User, string Tag)
{
    [JsonIgnore]
    public bool Replayed { get; init; }
}

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
        Idempotency idempotency,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        // Nobody is signed in, so that a key is one address': who sends another's key sees nothing without the same password.
        // One that is too long is about to be refused, and not worth folding.
        var operation = idempotency.Scope(
            "RegisterUser",
            request.Email is { Length: <= Names.LongestEmail } email ? Names.EmailKey(email) : ""
        );
        var key = idempotency.Read(http.Request, userId: 0, operation, request.Email, request.Username, request.Password);
        if (key.IsError)
            return Problems.From(key.Errors);

        var result = await mediator.Send(request with { IdempotencyKey = key.Value, ClientAddress = ClientAddress.Of(http) }, cancellation);
        return result.Match(
            registered =>
            {
                http.Response.Headers.ETag = registered.Tag;
                if (registered.Replayed)
                    http.Response.Headers[Idempotency.ReplayedHeader] = "true";
                return Answers.Created($"/api/auth/users/{registered.User.Id}", registered.User);
            },
            Problems.From
        );
    }
}
