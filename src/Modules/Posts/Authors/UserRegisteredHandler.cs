using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UserRegisteredHandler : IEventHandler<UserRegistered>
{
    public Task HandleAsync(UserRegistered happened, UnitOfWork work, CancellationToken cancellation) =>
        work.NameAuthorAsync(happened.UserId, happened.Username, happened.Version, cancellation);
}
