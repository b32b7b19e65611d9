using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.CreatePost;

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
        IdempotencyStore idempotency,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var author = CurrentUser.Of(http.User);
        var key = idempotency.Read(http.Request, author.Id, "CreatePost", request.Content);
        if (key.IsError)
            return Problems.From(key.Errors);

        var result = await mediator.Send(request with { Author = author, IdempotencyKey = key.Value }, cancellationToken);
        return result.Match(
            created =>
            {
                http.Response.Headers.ETag = created.Tag;
                if (created.Replayed)
                    http.Response.Headers[IdempotencyStore.ReplayedHeader] = "true";
                return Answers.Created($"/api/crud/posts/{created.Post.Id}", created.Post);
            },
            Problems.From
        );
    }
}
