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

namespace Kumiko.Posts.Features.UpdatePost;

/// <summary>The new text of a post.</summary>
internal sealed record UpdatePostRequest : ICommand<ErrorOr<PostRow>>
{
    /// <summary>The text: 1 to 10,000 characters (Unicode scalar values) after leading and trailing white space is removed, at least one of them visible. CR LF becomes LF; tab and newline are the only control characters allowed.</summary>
    [Required, Length(1, PostContent.Longest), Example("\"おはようございます 🌸\"")]
    public string? Content
    {
        get;
        init => field = PostContent.Normalize(value);
    }

    [JsonIgnore]
    public long Id { get; init; }

    [JsonIgnore]
    public CurrentUser User { get; init; } = null!;

    [JsonIgnore]
    public IfMatch IfMatch { get; init; } = null!;
}

internal sealed class UpdatePostEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPut("/api/crud/posts/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .WithName("UpdatePost")
            .WithTags("Posts")
            .WithSummary("Update your own post")
            .Conditional()
            .RateLimited(PostLimits.Changes)
            .Produces<PostResponse>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        UpdatePostRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        var result = await mediator.Send(
            request with
            {
                Id = id,
                User = CurrentUser.Of(http.User),
                IfMatch = IfMatch.Of(http.Request),
            },
            cancellation
        );
        return result.Match(
            post =>
            {
                http.Response.Headers.ETag = post.Tag;
                return Answers.Ok(post.ToResponse());
            },
            Problems.From
        );
    }
}
