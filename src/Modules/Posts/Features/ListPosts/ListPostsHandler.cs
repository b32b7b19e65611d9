using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Search;
using Mediator;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsHandler(PostsDatabase database, PostSearch search, CursorCodec cursors) : IQueryHandler<ListPostsRequest, ErrorOr<ListResponse<PostResponse>>>
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
            : await FindAsync(request.Q!, request.UserId, before.Value, request.Limit + 1, cancellation);
        if (read.IsError)
            return read.Errors;

        var posts = read.Value;
        var hasMore = posts.Count > request.Limit;
        if (hasMore)
            posts.RemoveAt(request.Limit);
        return new ListResponse<PostResponse>(posts.ConvertAll(post => post.ToResponse()), hasMore ? cursors.Write(List, posts[^1].Id) : null);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> ReadAsync(long? userId, long before, int take, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadPostsAsync(userId, before, take, cancellation);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> FindAsync(string q, long? userId, long before, int take, CancellationToken cancellation) =>
        SearchQuery.Parse(q) is { } query ? await search.FindAsync(query, userId, before, take, cancellation) : new List<PostRow>();
}
