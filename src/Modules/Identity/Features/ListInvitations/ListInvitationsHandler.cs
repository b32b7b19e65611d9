using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Invitations;

namespace Kumiko.Identity.Features.ListInvitations;

/// <summary>Reads a page of invitations, for an admin.</summary>
/// <param name="Limit">The maximum number of invitations.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The admin.</param>
internal sealed record ListInvitations(int Limit, string? Cursor, CurrentUser User) : IQuery<ErrorOr<Page<InvitationRow>>>;

internal sealed class ListInvitationsHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListInvitations, ErrorOr<Page<InvitationRow>>>
{
    private const string List = "invitations";

    public async ValueTask<ErrorOr<Page<InvitationRow>>> Handle(ListInvitations query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        var allowed = await session.CheckAdminAsync(query.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;

        // One more than requested shows whether there is a next page.
        var invitations = await session.ReadInvitationsAsync(before.Value, query.Limit + 1, clock.Now(), cancellationToken);
        return cursors.PageOf(List, invitations, query.Limit, invitation => invitation.Id);
    }
}
