using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Content;

namespace Kumiko.Posts.Features.DeletePost;

internal sealed class DeletePostHandler(PostsDatabase database, ChangeLog changes) : ICommandHandler<DeletePostRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(DeletePostRequest request, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var post = await work.LockPostToDeleteAsync(request.Id, cancellationToken);
        if (post is null)
            return PostErrors.NotFound(request.Id);
        if (post.UserId != request.User.Id && !request.User.IsAdmin)
            return Errors.Forbidden("Only its author or an admin may delete a post.");
        if (!request.IfMatch.Allows(post.Tag))
            return Errors.PreconditionFailed();

        await changes.AddDeletedAsync(work, request.Id, cancellationToken);
        await IdempotencyStore.ForgetAsync(work, PostRow.Resource(request.Id), cancellationToken);
        await work.DeletePostAsync(request.Id, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
