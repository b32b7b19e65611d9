using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.SignOut;

/// <summary>The session to end: that of the access token, or else that of the refresh token in the body or the cookie.</summary>
internal sealed record SignOutRequest : ICommand<ErrorOr<Deleted>>
{
    /// <summary>The refresh token, if it was delivered in a body and there is no access token.</summary>
    [MaxLength(4_096), Example("\"ZJ0bX2V2cQ9n3kq0mS7v1r8tYw5uHdG4aLxPe6fRiCo\"")]
    public string? RefreshToken { get; init; }

    [JsonIgnore]
    public CurrentUser? User { get; init; }
}

internal sealed class SignOutEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/auth/logout", AnswerAsync)
            .WithName("SignOut")
            .WithTags("Sign-in")
            .WithSummary("Sign out")
            .WithDescription(
                "Ends the session of the access token. Without one, the refresh token in the body or the cookie says which session it is."
            )
            .OptionallyAuthorized()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation,
        SignOutRequest? request = null
    )
    {
        var user = await http.FindUserAsync();
        ErrorOr<string?> token =
            user is null && string.IsNullOrEmpty(request?.RefreshToken) ? RefreshCookie.Read(http) : request?.RefreshToken;
        if (token.IsError)
            return Problems.From(token.Errors);

        var result = await mediator.Send(new SignOutRequest { User = user, RefreshToken = token.Value }, cancellation);
        if (RefreshCookie.IsIn(http.Request))
            RefreshCookie.Clear(http.Response);
        return result.Match(
            _ =>
            {
                BrowserData.Clear(http.Response);
                return Results.NoContent();
            },
            Problems.From
        );
    }
}
