using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UsersListedHandler : IEventHandler<UsersListed>
{
    public Task HandleAsync(UsersListed happened, UnitOfWork work, CancellationToken cancellationToken) =>
        work.NameAuthorsAsync(happened.Users.Select(user => (user.UserId, user.Username, user.Version)), cancellationToken);
}
