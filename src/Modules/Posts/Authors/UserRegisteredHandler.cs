using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UserRegisteredHandler : IEventHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered message, UnitOfWork work, CancellationToken cancellationToken) =>
        work.NameAuthorAsync(message.UserId, message.Username, message.Version, cancellationToken);
}
