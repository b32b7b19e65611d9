using Carter;
using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Mediator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kumiko.Posts.Features.GetPost;

internal sealed record GetPostRequest(long Id) : IQuery<ErrorOr<PostRow>>;

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

    private static async Task<IResult> AnswerAsync(long id, HttpContext http, Mediation.Mediator mediator, CancellationToken cancellation)
    {
        var result = await mediator.Send(new GetPostRequest(id), cancellation);
        return result.Match(post => EntityTags.Fresh(http, post.ToResponse(), post.Tag), Problems.From);
    }
}
