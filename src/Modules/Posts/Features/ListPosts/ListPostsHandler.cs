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

        var match = database.Provider == DatabaseProvider.Sqlite ? SearchText.SqliteMatch(request.Q) : SearchText.MySqlMatch(request.Q);
        if (match is null)
            return [];

        await using var search = await database.OpenAsync(cancellation);
        return await search.FindPostsAsync(match, request.UserId, before, take, cancellation);
    }
}
