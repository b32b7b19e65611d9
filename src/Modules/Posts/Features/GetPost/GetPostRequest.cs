using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

internal sealed record GetPostRequest(long Id) : IQuery<ErrorOr<PostRow>>;
