using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UsersListedHandler : IEventHandler<UsersListed>
{
    public Task HandleAsync(UsersListed message, UnitOfWork work, CancellationToken cancellationToken) =>
        work.NameAuthorsAsync(message.Users.Select(user => (user.UserId, user.Username, user.Version)), cancellationToken);
}
