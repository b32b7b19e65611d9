using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.UpdateMe;

/// <summary>What to change of the account; what is left out or null stays.</summary>
internal sealed record UpdateMeRequest : ICommand<ErrorOr<UserRow>>
{
    /// <summary>The new name, by the rules of a new account. Others get the old one no sooner than after 90 days; you may go back to it.</summary>
    [Length(Names.ShortestUsername, Names.LongestUsername), Example("\"hanako\"")]
    public string? Username { get; init; }

    /// <summary>The new e-mail address; it is unverified until proved.</summary>
    [EmailAddress, MaxLength(Names.LongestEmail), Example("\"hanako@example.com\"")]
    public string? Email { get; init; }

    /// <summary>The account's password; a new e-mail address needs it, a new name does not.</summary>
    [MaxLength(AccountRules.LongestPassword), Example("\"seven pine needles\"")]
    public string? CurrentPassword { get; init; }

    [JsonIgnore]
    public CurrentUser User { get; init; } = null!;

    [JsonIgnore]
    public IfMatch IfMatch { get; init; } = null!;
}

internal sealed class UpdateMeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPatch("/api/auth/me", AnswerAsync)
            .RequireAuthorization()
            .WithName("UpdateMe")
            .WithTags("Account")
            .WithSummary("Change your name or e-mail address")
            .WithDescription("A new e-mail address needs the password, too.")
            .Conditional()
            .RateLimited(IdentityLimits.AccountChanges)
            .Produces<UserResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation,
        UpdateMeRequest? request = null
    )
    {
        var result = await mediator.Send(
            (request ?? new UpdateMeRequest()) with
            {
                User = CurrentUser.Of(http.User),
                IfMatch = IfMatch.Of(http.Request),
            },
            cancellation
        );
        return result.Match(
            user =>
            {
                http.Response.Headers.ETag = user.Tag;
                return Answers.Ok(user.ToResponse());
            },
            Problems.From
        );
    }
}
