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
            .WithDescription(
                "If the response is lost, repeat the request safely with the same `Idempotency-Key`. Where an installation asks for it, a "
                    + "403 whose `type` ends in `/email-verification-required` means that the account's e-mail address has to be proved "
                    + "first."
            )
            .Idempotent()
            .RateLimited(PostLimits.Posts)
            .Produces<PostResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> AnswerAsync(
        CreatePostRequest request,
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken
    )
    {
        var content = PostContent.Normalize(request.Content);
        var result = await mediator.Send(
            new CreatePost(content, CurrentUser.Of(http.User), IdempotencyKey.Of(http).WithValues(content)),
            cancellationToken
        );
        return result.Match(created => Answers.Created($"/api/crud/posts/{created.Resource.Id}", created), Problems.From);
    }
}
