using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

/// <summary>Reads a post.</summary>
internal sealed record GetPost(long Id) : IQuery<ErrorOr<PostRow>>;

internal sealed class GetPostHandler(PostsDatabase database) : IQueryHandler<GetPost, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(GetPost query, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadPostAsync(query.Id, cancellationToken) is { } post ? post : PostErrors.NotFound(query.Id);
    }
}
