using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kumiko.BuildingBlocks.Paging;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Posts.Content;
using Kumiko.Posts.Search;
using Microsoft.AspNetCore.Mvc;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/crud/posts", AnswerAsync)
            .AllowAnonymous()
            .WithName("ListPosts")
            .WithTags("Posts")
            .WithSummary("List and search posts, newest first")
            .WithDescription("Follow `next_cursor` for the next page; nothing is skipped or repeated while others write.")
            .RateLimited(PostLimits.Searches)
            .Produces<ListResponse<PostResponse>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> AnswerAsync(
        HttpContext http,
        Mediation.Mediator mediator,
        CancellationToken cancellationToken,
        [FromQuery(Name = "limit"), Description("The maximum number of items, 1 to 100."), Range(1, PageRules.MaxLimit), Example("20")]
            int limit = PageRules.DefaultLimit,
        [FromQuery(Name = "cursor"), Description("`next_cursor` from the previous page."), MaxLength(255)] string? cursor = null,
        [
            FromQuery(Name = "user_id"),
            Description("Only this author's posts."),
            Range(typeof(long), "1", "9223372036854775807"),
            Example("7")
        ]
            long? userId = null,
        [
            FromQuery(Name = "q"),
            Description(
                "Only posts that contain each of these words or parts of words, in any language: at most 8 words and 200 characters. "
                    + "Letter case, character width, hiragana or katakana, and invisible characters are ignored. Empty or omitted: all "
                    + "posts."
            ),
            MaxLength(SearchQuery.MaxLength),
            Example("\"コンテナ\"")
        ]
            string? q = null
    )
    {
        http.Response.Headers.CacheControl = "no-store";
        var result = await mediator.Send(
            new ListPosts(limit, cursor, userId, SearchQuery.Parse(q), ClientAddress.Of(http)),
            cancellationToken
        );
        return result.Match(page => Answers.Ok(page, post => post.ToResponse()), Problems.From);
    }
}
