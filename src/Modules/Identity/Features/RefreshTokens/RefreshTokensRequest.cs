using System.ComponentModel.DataAnnotations;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.RefreshTokens;

/// <summary>A refresh token to be spent; without it the one in the cookie is.</summary>
internal sealed record RefreshTokensRequest : ICommand<ErrorOr<TokenResponse>>
{
    /// <summary>The refresh token, if it was delivered in a body.</summary>
    [MaxLength(4_096), Example("\"ZJ0bX2V2cQ9n3kq0mS7v1r8tYw5uHdG4aLxPe6fRiCo\"")]
    public string? RefreshToken { get; init; }
}

internal sealed class RefreshTokensEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/api/auth/refresh", AnswerAsync)
        .AllowAnonymous()
        .WithName("RefreshTokens")
        .WithTags("Sign-in")
        .WithSummary("Spend the refresh token for a new pair")
        .WithDescription("A refresh token is spent once. Within 10 s a client that lost the answer may show it again and gets the same new one again; shown later, or after the new one was used, it ends the session, for somebody has copied it. The new one comes back the way the old one came: cookie or body. The cookie counts only where a page of this site sends it.")
        .Produces<TokenResponse>()
        .RateLimited(IdentityLimits.RefreshRequests)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation, RefreshTokensRequest? request = null)
    {
        var inBody = !string.IsNullOrEmpty(request?.RefreshToken);
        ErrorOr<string?> token = inBody ? request!.RefreshToken : RefreshCookie.Read(http);
        if (token.IsError)
            return Problems.From(token.Errors);

        var result = await mediator.Send(new RefreshTokensRequest { RefreshToken = token.Value }, cancellation);
        // A failure leaves the cookie alone: by now it may be that of a newer sign-in.
        return result.Match(tokens => RefreshCookie.Deliver(http, tokens, inBody), Problems.From);
    }
}
