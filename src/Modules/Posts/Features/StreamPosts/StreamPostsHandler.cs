using Kumiko.Posts.Changes;
using Kumiko.Posts.Streaming;

namespace Kumiko.Posts.Features.StreamPosts;

/// <summary>Opens the stream of changes.</summary>
/// <param name="After">The last change that the caller has seen; null for those from now on.</param>
internal sealed record StreamPosts(long? After) : IQuery<ErrorOr<ChangeReader>>;

internal sealed class StreamPostsHandler(PostsDatabase database, ChangeFeed feed, StreamSettings settings)
    : IQueryHandler<StreamPosts, ErrorOr<ChangeReader>>
{
    public async ValueTask<ErrorOr<ChangeReader>> Handle(StreamPosts query, CancellationToken cancellationToken)
    {
        // Read before the first line is sent: a change that is committed after that line has no number yet, so the stream will include it.
        await using var session = await database.OpenAsync(cancellationToken);
        var range = await session.ReadRangeAsync(cancellationToken);
        if (query.After is not { } after)
            return ChangeReader.From(feed, range.Newest);

        return range.CanResumeAfter(after) && range.Newest - after <= settings.MaxResumedEvents
            ? ChangeReader.Resume(feed, after, range.Newest, settings.MaxResumedBytes)
            : ChangeReader.Restart(feed, range.Newest);
    }
}
