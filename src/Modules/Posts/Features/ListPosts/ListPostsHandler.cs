using Kumiko.Posts.Content;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

internal sealed class ListPostsHandler(PostsDatabase database, PostSearch search, SearchLimiter searches, CursorCodec cursors)
    : IQueryHandler<ListPostsRequest, ErrorOr<ListResponse<PostResponse>>>
{
    private const string List = "posts";

    public async ValueTask<ErrorOr<ListResponse<PostResponse>>> Handle(ListPostsRequest request, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, request.Cursor);
        if (before.IsError)
            return before.Errors;

        // One more than requested shows whether there is a next page.
        var read = SearchText.IsBlank(request.Q)
            ? await ReadAsync(request.UserId, before.Value, request.Limit + 1, cancellationToken)
            : await FindAsync(request, before.Value, request.Limit + 1, cancellationToken);
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

    private async ValueTask<ErrorOr<List<PostRow>>> ReadAsync(long? userId, long before, int take, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadPostsAsync(userId, before, take, cancellationToken);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> FindAsync(
        ListPostsRequest request,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        if (SearchQuery.Parse(request.Q!) is not { } query)
            return new List<PostRow>();

        var turn = await searches.EnterAsync(request.ClientAddress, cancellationToken);
        if (turn.IsError)
            return turn.Errors;

        using (turn.Value)
            return await search.FindAsync(query, request.UserId, before, take, cancellationToken);
    }
}
