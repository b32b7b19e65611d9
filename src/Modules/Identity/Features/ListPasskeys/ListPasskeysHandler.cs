using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ListPasskeys;

/// <summary>Reads a page of the user's passkeys.</summary>
/// <param name="Limit">The maximum number of passkeys.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The user.</param>
internal sealed record ListPasskeys(int Limit, string? Cursor, CurrentUser User) : IQuery<ErrorOr<Page<PasskeyRow>>>;

internal sealed class ListPasskeysHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListPasskeys, ErrorOr<Page<PasskeyRow>>>
{
    private const string List = "passkeys";

    public async ValueTask<ErrorOr<Page<PasskeyRow>>> Handle(ListPasskeys query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        if (await session.ReadOwnSessionAsync(query.User, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;

        // One more than requested shows whether there is a next page.
        var rows = await session.ReadPasskeysAsync(query.User.Id, before.Value, query.Limit + 1, cancellationToken);
        return cursors.PageOf(List, rows, query.Limit, row => row.Id);
    }
}
