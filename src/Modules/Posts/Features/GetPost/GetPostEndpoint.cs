using Kumiko.BuildingBlocks.Versions;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

internal sealed class GetPostEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/crud/posts/{id:long}", AnswerAsync)
            .AllowAnonymous()
            .WithName("GetPost")
            .WithTags("Posts")
            .WithSummary("Get a post")
            .Cacheable()
            .Produces<PostResponse>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(new GetPost(id), cancellationToken);
        return result.Match(post => EntityTags.Fresh(http, post.ToResponse(), post.Tag), Problems.From);
    }
}
