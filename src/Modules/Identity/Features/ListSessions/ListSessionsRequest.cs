using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed record ListSessionsRequest(int Limit, string? Cursor, CurrentUser User) : IQuery<ErrorOr<ListResponse<SessionResponse>>>
{
    public const int DefaultLimit = 20;
    public const int LargestLimit = 100;
}

/// <summary>A place where the user is signed in.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Device">What the client called itself when it signed in (<c>User-Agent</c>).</param>
/// <param name="Address">The network address that it signed in from.</param>
/// <param name="CreatedAt">When it signed in.</param>
/// <param name="LastUsedAt">When it last got new tokens.</param>
/// <param name="Current">Whether it is the session of the access token that asks.</param>
internal sealed record SessionResponse(
    [property: Range(1, long.MaxValue), Example("12")] long Id,
    [property: MaxLength(255), Example("\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\"")] string? Device,
    [property: MaxLength(64), Example("\"203.0.113.7\"")] string? Address,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    [property: Example("true")] bool Current
);

internal sealed class ListSessionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/auth/sessions", AnswerAsync)
            .RequireAuthorization()
            .WithName("ListSessions")
            .WithTags("Sessions")
            .WithSummary("List where you are signed in, first the current session, then newest first")
            .Produces<ListResponse<SessionResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation,
        [FromQuery(Name = "limit"), Description("How many, 1 to 100."), Range(1, ListSessionsRequest.LargestLimit), Example("20")]
            int limit = ListSessionsRequest.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` of the page before."), MaxLength(255)] string? cursor = null
    )
    {
        var result = await mediator.Send(new ListSessionsRequest(limit, cursor, CurrentUser.Of(http.User)), cancellation);
        return result.Match(page => Answers.Ok(page), Problems.From);
    }
}
