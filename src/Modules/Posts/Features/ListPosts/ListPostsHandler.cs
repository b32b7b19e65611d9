using Kumiko.BuildingBlocks.Paging;
using Kumiko.Posts.Content;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Features.ListPosts;

/// <summary>Reads a page of posts.</summary>
/// <param name="Limit">The maximum number of posts.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="UserId">Only this author's posts.</param>
/// <param name="Q">Only posts that contain these words.</param>
/// <param name="ClientAddress">The origin of the request, as limits count it.</param>
internal sealed record ListPosts(int Limit, string? Cursor, long? UserId, SearchQuery? Q, string ClientAddress)
    : IQuery<ErrorOr<Page<PostRow>>>;

internal sealed class ListPostsHandler(PostsDatabase database, PostSearch search, SearchLimiter searches, CursorCodec cursors)
    : IQueryHandler<ListPosts, ErrorOr<Page<PostRow>>>
{
    private const string List = "posts";

    public async ValueTask<ErrorOr<Page<PostRow>>> Handle(ListPosts query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        // One more than requested shows whether there is a next page.
        var read = query.Q is null
            ? await ReadAsync(query.UserId, before.Value, query.Limit + 1, cancellationToken)
            : await FindAsync(query, query.Q, before.Value, query.Limit + 1, cancellationToken);
        return read.IsError ? read.Errors : cursors.PageOf(List, read.Value, query.Limit, post => post.Id);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> ReadAsync(long? userId, long before, int take, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadPostsAsync(userId, before, take, cancellationToken);
    }

    private async ValueTask<ErrorOr<List<PostRow>>> FindAsync(
        ListPosts query,
        SearchQuery words,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        if (words.WordCount == 0)
            return new List<PostRow>();

        var turn = await searches.EnterAsync(query.ClientAddress, cancellationToken);
        if (turn.IsError)
            return turn.Errors;

        using (turn.Value)
            return await search.FindAsync(words, query.UserId, before, take, cancellationToken);
    }
}
