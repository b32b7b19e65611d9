using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Posts.Authors;

internal sealed class UserRenamedHandler : IEventHandler<UserRenamed>
{
    public Task HandleAsync(UserRenamed happened, UnitOfWork work, CancellationToken cancellation) =>
        work.NameAuthorAsync(happened.UserId, happened.Username, happened.Version, cancellation);
}
