using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Changes;
using Mediator;

namespace Kumiko.Posts.Features.UpdatePost;

internal sealed class UpdatePostHandler(PostsDatabase database, ChangeLog changes, TimeProvider clock)
    : ICommandHandler<UpdatePostRequest, ErrorOr<PostRow>>
{
    public async ValueTask<ErrorOr<PostRow>> Handle(UpdatePostRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        var post = await work.LockPostToUpdateAsync(request.Id, cancellation);
        if (post is null)
            return PostFailures.NotFound(request.Id);
        if (post.UserId != request.User.Id)
            return Failures.NotAllowed("Only its author may change a post.");
        if (!request.IfMatch.Allows(post.Tag))
            return Failures.Stale();

        var changed = post with { Content = request.Content!, Version = post.Version + 1, UpdatedAt = clock.Now() };
        await work.UpdatePostAsync(changed, cancellation);
        await changes.AddUpdatedAsync(work, changed, cancellation);
        await work.CommitAsync();
        return changed;
    }
}
