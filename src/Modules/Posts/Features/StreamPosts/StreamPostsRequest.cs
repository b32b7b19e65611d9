using Kumiko.Posts.Streaming;

namespace Kumiko.Posts.Features.StreamPosts;

/// <param name="After">The last change that the caller has seen; null for those from now on.</param>
internal sealed record StreamPostsRequest(long? After) : IQuery<ErrorOr<ChangeReader>>;
