using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Search;
using Mediator;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsHandler(PostsDatabase database, CursorCodec cursors) : IQueryHandler<ListPostsRequest, ErrorOr<ListResponse<PostResponse>>>
{
    private const string List = "posts";

    public async ValueTask<ErrorOr<ListResponse<PostResponse>>> Handle(ListPostsRequest request, CancellationToken cancellation)
    {
        var before = cursors.Read(List, request.Cursor);
        if (before.IsError)
            return before.Errors;

        var posts = await ReadAsync(request, before.Value, cancellation);
        var hasMore = posts.Count > request.Limit;
        if (hasMore)
            posts.RemoveAt(request.Limit);
        return new ListResponse<PostResponse>(posts.ConvertAll(post => post.ToResponse()), hasMore ? cursors.Write(List, posts[^1].Id) : null);
    }

    private async ValueTask<List<PostRow>> ReadAsync(ListPostsRequest request, long before, CancellationToken cancellation)
    {
        // One more than asked for tells whether there is a next page.
        var take = request.Limit + 1;
        if (string.IsNullOrWhiteSpace(request.Q))
        {
            await using var session = await database.OpenAsync(cancellation);
            return await session.ReadPostsAsync(request.UserId, before, take, cancellation);
        }

        await using var search = await database.OpenAsync(cancellation);
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            return SearchText.SqliteMatch(request.Q) is { } match
                ? await search.FindPostsOnSqliteAsync(match, request.UserId, before, take, cancellation)
                : [];
        }

        if (SearchText.ForMySqlSearch(request.Q) is not { } terms)
            return [];

        var newest = await search.FindAmongNewestOnMySqlAsync(terms, request.UserId, before, take, cancellation);
        return newest.Count == take ? newest : await search.FindPostsOnMySqlAsync(terms, request.UserId, before, take, cancellation);
    }
}
