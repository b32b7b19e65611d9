using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.DeletePost;

internal sealed class DeletePostEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapDelete("/api/crud/posts/{id:long}", AnswerAsync)
            .RequireAuthorization()
            .WithName("DeletePost")
            .WithTags("Posts")
            .WithSummary("Delete your own post")
            .WithDescription("Moderators and admins may delete any post.")
            .Conditional()
            .RateLimited(PostLimits.Changes)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> AnswerAsync(
        long id,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var result = await mediator.Send(
            new DeletePost(id, CurrentUser.Of(http.User), ExpectedVersion.Of(http.Request), http.Connection.RemoteIpAddress),
            cancellationToken
        );
        return result.Match(_ => Results.NoContent(), Problems.From);
    }
}
