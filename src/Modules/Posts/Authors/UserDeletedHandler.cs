using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Search;

namespace Kumiko.Posts.Authors;

/// <summary>
/// Deletes a deleted user's posts. The author is marked first: a post that is being written at this moment waits, and then finds the mark.
/// </summary>
internal sealed class UserDeletedHandler(ChangeLog changes, TimeProvider clock) : IEventHandler<UserDeleted>
{
    public async Task HandleAsync(UserDeleted message, UnitOfWork work, CancellationToken cancellationToken)
    {
        await work.DeleteAuthorAsync(message.UserId, clock.Now(), cancellationToken);
        await work.ForgetParkedAsync(message.UserId, cancellationToken);
        await IdempotencyStore.ForgetUserAsync(work, message.UserId, cancellationToken);
        await changes.AddDeletedOfAsync(work, message.UserId, cancellationToken);
        await work.ExecuteAsync(
            SearchIndexQuery.Queue + "user_id = @UserId; delete from posts where user_id = @UserId",
            new { message.UserId },
            cancellationToken
        );
    }
}
