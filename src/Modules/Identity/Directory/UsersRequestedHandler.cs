using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Identity.Directory;

/// <summary>
/// Sends one page of users and requests the next one itself, so that the transactions stay short for any number of users.
/// </summary>
internal sealed class UsersRequestedHandler(IOutbox outbox) : IEventHandler<UsersRequested>
{
    private const int PageSize = 200;

    public async Task HandleAsync(UsersRequested message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var page = await work.ReadAllAsync<UserNameRow>(
            "select id, username, version from users where id > @AfterId order by id limit @PageSize",
            new { message.AfterId, PageSize },
            cancellationToken
        );
        if (page.Count == 0)
            return;

        await outbox.AddAsync(
            work,
            new UsersListed([.. page.Select(user => new ListedUser(user.Id, user.Username, user.Version))]),
            cancellationToken
        );
        if (page.Count == PageSize)
            await outbox.AddAsync(work, new UsersRequested(page[^1].Id), cancellationToken);
    }

    private sealed record UserNameRow
    {
        public long Id { get; init; }
        public string Username { get; init; } = "";
        public long Version { get; init; }
    }
}
