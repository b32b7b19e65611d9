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

/// <summary>Which session to end: that of the access token, or else that of the refresh token in the body or the cookie.</summary>
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
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/api/auth/logout", AnswerAsync)
        .WithName("SignOut")
        .WithTags("Sign-in")
        .WithSummary("Sign out")
        .WithDescription("Ends the session of the access token. Without one, the refresh token in the body or the cookie says which session it is.")
        .OptionallyAuthorized()
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<IResult> AnswerAsync(HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation, SignOutRequest? request = null)
    {
        var cookie = RefreshCookie.Read(http.Request);
        var command = new SignOutRequest
        {
            User = await http.FindUserAsync(),
            RefreshToken = string.IsNullOrEmpty(request?.RefreshToken) ? cookie : request.RefreshToken,
        };
        var result = await mediator.Send(command, cancellation);
        if (cookie is not null)
            RefreshCookie.Clear(http.Response);
        return result.Match(
            _ =>
            {
                BrowserData.Clear(http.Response);
                return Results.NoContent();
            },
            Problems.From);
    }
}
