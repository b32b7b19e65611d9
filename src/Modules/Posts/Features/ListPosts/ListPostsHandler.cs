using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Search;
using Mediator;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsHandler(PostsDatabase database, PostSearch search, SearchLane searches, CursorCodec cursors)
    : IQueryHandler<ListPostsRequest, ErrorOr<ListResponse<PostResponse>>>
{
    private const string List = "posts";

    public async ValueTask<ErrorOr<ListResponse<PostResponse>>> Handle(ListPostsRequest request, CancellationToken cancellation)
    {
        var before = cursors.Read(List, request.Cursor);
        if (before.IsError)
            return before.Errors;

        // One more than asked for tells whether there is a next page.
        var read = SearchText.IsBlank(request.Q)
            ? await ReadAsync(request.UserId, before.Value, request.Limit + 1, cancellation)
            : await FindAsync(request, before.Value, request.Limit + 1, cancellation);
        if (read.IsError)
            return read.Errors;

        var posts = read.Value;
        var hasMore = posts.Count > request.Limit;
        if (hasMore)
            posts.RemoveAt(request.Limit);
        return new ListResponse<PostResponse>(
            posts.ConvertAll(post => post.ToResponse()),
            hasMore ? cursors.Write(List, posts[^1].Id) : null
        );
    }

    private async ValueTask<ErrorOr<List<PostRow>>> ReadAsync(long? userId, long before, int take, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadPostsAsync(userId, before, take, cancellation);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> FindAsync(
        ListPostsRequest request,
        long before,
        int take,
        CancellationToken cancellation
    )
    {
        if (SearchQuery.Parse(request.Q!) is not { } query)
            return new List<PostRow>();

        var turn = await searches.EnterAsync(request.ClientAddress, cancellation);
        if (turn.IsError)
            return turn.Errors;

        using (turn.Value)
            return await search.FindAsync(query, request.UserId, before, take, cancellation);
    }
}
