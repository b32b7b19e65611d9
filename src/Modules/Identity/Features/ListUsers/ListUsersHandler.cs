using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;

namespace Kumiko.Identity.Features.ListUsers;

/// <summary>Reads a page of accounts, for an admin.</summary>
/// <param name="Q">How the name or the address begins; null for any.</param>
/// <param name="Role">Only this role; null for any.</param>
/// <param name="Disabled">Only disabled accounts, or only others; null for both.</param>
/// <param name="Limit">The maximum number of accounts.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The admin.</param>
internal sealed record ListUsers(string? Q, string? Role, bool? Disabled, int Limit, string? Cursor, CurrentUser User)
    : IQuery<ErrorOr<Page<ManagedUserRow>>>;

internal sealed class ListUsersHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListUsers, ErrorOr<Page<ManagedUserRow>>>
{
    private const string List = "managed-users";

    public async ValueTask<ErrorOr<Page<ManagedUserRow>>> Handle(ListUsers query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        var allowed = await session.CheckAdminAsync(query.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;

        // One more than requested shows whether there is a next page.
        var users = await session.FindManagedUsersAsync(query, before.Value, query.Limit + 1, cancellationToken);
        return cursors.PageOf(List, users, query.Limit, user => user.Id);
    }
}
