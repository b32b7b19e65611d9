using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;
using Kumiko.Posts.Changes;

namespace Kumiko.Posts.Authors;

/// <summary>Shows the new name on all posts, including those on open pages.</summary>
internal sealed class UserRenamedHandler(ChangeLog changes) : IEventHandler<UserRenamed>
{
    public async Task HandleAsync(UserRenamed message, UnitOfWork work, CancellationToken cancellationToken)
    {
        await changes.AddRenamedAsync(work, message.UserId, message.Username, message.Version, cancellationToken);
        await work.NameAuthorAsync(message.UserId, message.Username, message.Version, cancellationToken);
    }
}
