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
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.DeleteMe;

/// <summary>The owner's confirmation that the account is to be deleted.</summary>
internal sealed record DeleteMeRequest : ICommand<ErrorOr<Deleted>>
{
    /// <summary>The account's password.</summary>
    [Required, Length(1, AccountRules.LongestPassword), Example("\"seven pine needles\"")]
    public string? Password { get; init; }

    [JsonIgnore]
    public CurrentUser User { get; init; } = null!;

    [JsonIgnore]
    public IfMatch IfMatch { get; init; } = null!;
}

internal sealed class DeleteMeEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/auth/me", AnswerAsync)
            .RequireAuthorization()
            .WithName("DeleteMe")
            .WithTags("Account")
            .WithSummary("Delete your account")
            .WithDescription("The account and its sessions are deleted at once, its posts a moment later.")
            .Conditional()
            .Produces(StatusCodes.Status204NoContent)
            .RateLimited(IdentityLimits.AccountChanges);

    private static async Task<IResult> AnswerAsync(
        [FromBody] DeleteMeRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        var result = await mediator.Send(
            request with
            {
                User = CurrentUser.Of(http.User),
                IfMatch = IfMatch.Of(http.Request),
            },
            cancellation
        );
        return result.Match(
            _ =>
            {
                RefreshCookie.Clear(http.Response);
                BrowserData.Clear(http.Response);
                return Results.NoContent();
            },
            Problems.From
        );
    }
}
