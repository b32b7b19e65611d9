using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.UpdatePost;

internal sealed class UpdatePostHandler(PostsDatabase database, ChangeLog changes, TimeProvider clock)
    : ICommandHandler<UpdatePostRequest, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(UpdatePostRequest request, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var post = await work.LockPostToUpdateAsync(request.Id, cancellationToken);
        if (post is null)
            return PostErrors.NotFound(request.Id);
        if (post.UserId != request.User.Id)
            return Errors.Forbidden("Only its author may change a post.");
        if (!request.IfMatch.Allows(post.Tag))
            return Errors.PreconditionFailed();

        var changed = post with { Content = request.Content!, Version = post.Version + 1, UpdatedAt = clock.Now() };
        await work.UpdatePostAsync(changed, cancellationToken);
        await changes.AddUpdatedAsync(work, changed, cancellationToken);
        await work.CommitAsync();
        return changed;
    }
}
