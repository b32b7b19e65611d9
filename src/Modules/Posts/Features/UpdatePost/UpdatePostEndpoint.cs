using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

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
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(
            new UpdatePost(id, PostContent.Normalize(request.Content), CurrentUser.Of(http.User), ExpectedVersion.Of(http.Request)),
            cancellationToken
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
