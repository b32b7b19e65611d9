using ErrorOr;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Posts.Changes;
using Mediator;

namespace Kumiko.Posts.Features.DeletePost;

internal sealed class DeletePostHandler(PostsDatabase database, ChangeLog changes) : ICommandHandler<DeletePostRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(DeletePostRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        var post = await work.LockPostToDeleteAsync(request.Id, cancellation);
        if (post is null)
            return PostFailures.NotFound(request.Id);
        if (post.UserId != request.User.Id && !request.User.IsAdmin)
            return Failures.NotAllowed("Only its author or an admin may delete a post.");
        if (!request.IfMatch.Allows(post.Tag))
            return Failures.Stale();

        await changes.AddDeletedAsync(work, request.Id, cancellation);
        await Idempotency.ForgetAsync(work, PostRow.Resource(request.Id), cancellation);
        await work.DeletePostAsync(request.Id, cancellation);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
