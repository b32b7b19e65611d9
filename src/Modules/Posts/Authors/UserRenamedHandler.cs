using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Changes;

namespace Kumiko.Posts.Authors;

/// <summary>Shows the new name on all posts, including those on open pages.</summary>
internal sealed class UserRenamedHandler(ChangeLog changes) : IEventHandler<UserRenamed>
{
    public async Task HandleAsync(UserRenamed message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var before = await work.ReadAuthorNameAsync(message.UserId, cancellationToken);
        await work.NameAuthorAsync(message.UserId, message.Username, message.Version, cancellationToken);
        // An older name that arrives late changes nothing, and a user without a name here had no posts.
        if (before is not null && before != await work.ReadAuthorNameAsync(message.UserId, cancellationToken))
            await changes.AddRenamedAsync(work, message.UserId, cancellationToken);
    }
}
