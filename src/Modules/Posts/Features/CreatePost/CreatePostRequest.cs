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

namespace Kumiko.Posts.Features.CreatePost;

/// <summary>A new post.</summary>
internal sealed record CreatePostRequest : ICommand<ErrorOr<CreatedPost>>
{
    /// <summary>The text: 1 to 10,000 characters (Unicode scalar values) after leading and trailing white space is removed, at least one of them visible. CR LF becomes LF; tab and newline are the only control characters allowed.</summary>
    [Required, Length(1, PostContent.Longest), Example("\"おはようございます 🌱\"")]
    public string? Content
    {
        get;
        init => field = PostContent.Normalize(value);
    }

    [JsonIgnore]
    public CurrentUser Author { get; init; } = null!;

    [JsonIgnore]
    public IdempotencyKey IdempotencyKey { get; init; } = IdempotencyKey.None;
}

/// <summary>What became of it: the post, its entity tag, and whether this answer was given before.</summary>
internal sealed record CreatedPost(PostResponse Post, string Tag)
{
    [JsonIgnore]
    public bool Replayed { get; init; }
}

internal sealed class CreatePostEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/crud/posts", AnswerAsync)
            .RequireAuthorization()
            .WithName("CreatePost")
            .WithTags("Posts")
            .WithSummary("Create a post")
            .WithDescription("If the response is lost, repeat the request safely with the same `Idempotency-Key`.")
            .Idempotent()
            .RateLimited(PostLimits.Posts)
            .Produces<PostResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status410Gone);

    private static async Task<IResult> AnswerAsync(
        CreatePostRequest request,
        HttpContext http,
        Idempotency idempotency,
        Mediation.Mediator mediator,
        CancellationToken cancellation
    )
    {
        var author = CurrentUser.Of(http.User);
        var key = idempotency.Read(http.Request, author.Id, "CreatePost", request.Content);
        if (key.IsError)
            return Problems.From(key.Errors);

        var result = await mediator.Send(request with { Author = author, IdempotencyKey = key.Value }, cancellation);
        return result.Match(
            created =>
            {
                http.Response.Headers.ETag = created.Tag;
                if (created.Replayed)
                    http.Response.Headers[Idempotency.ReplayedHeader] = "true";
                return Answers.Created($"/api/crud/posts/{created.Post.Id}", created.Post);
            },
            Problems.From
        );
    }
}
