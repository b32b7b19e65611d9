using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UserRegisteredHandler : IEventHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered happened, UnitOfWork work, CancellationToken cancellationToken) =>
        work.NameAuthorAsync(happened.UserId, happened.Username, happened.Version, cancellationToken);
}
