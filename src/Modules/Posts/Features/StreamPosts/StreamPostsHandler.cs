using Kumiko.Posts.Changes;
using Kumiko.Posts.Streaming;

namespace Kumiko.Posts.Features.StreamPosts;

internal sealed class StreamPostsHandler(PostsDatabase database, ChangeFeed feed, StreamSettings settings)
    : IQueryHandler<StreamPostsRequest, ErrorOr<ChangeReader>>
{
    public async ValueTask<ErrorOr<ChangeReader>> Handle(StreamPostsRequest request, CancellationToken cancellationToken)
    {
        // Read before the first line is sent: a change that is committed after that line has no number yet, so the stream will include it.
        await using var session = await database.OpenAsync(cancellationToken);
        var range = await session.ReadRangeAsync(cancellationToken);
        if (request.After is not { } after)
            return ChangeReader.From(feed, range.Newest);

        return range.GoesOnFrom(after) && range.Newest - after <= settings.MaxResumedEvents
            ? ChangeReader.Resume(feed, after, range.Newest, settings.MaxResumedBytes)
            : ChangeReader.Anew(feed, range.Newest);
    }
}
