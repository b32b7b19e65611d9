using ErrorOr;
using Mediator;

namespace Kumiko.Posts.Features.GetPost;

internal sealed class GetPostHandler(PostsDatabase database) : IQueryHandler<GetPostRequest, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(GetPostRequest request, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.ReadPostAsync(request.Id, cancellation) is { } post ? post : PostFailures.NotFound(request.Id);
    }
}
