using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.GetPost;

internal sealed class GetPostHandler(PostsDatabase database) : IQueryHandler<GetPostRequest, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(GetPostRequest request, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.ReadPostAsync(request.Id, cancellationToken) is { } post ? post : PostErrors.NotFound(request.Id);
    }
}
