using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Administration;

namespace Kumiko.Identity.Features.ListAuditEntries;

/// <summary>Reads a page of the audit trail, for an admin.</summary>
/// <param name="Actor">Only what this user did.</param>
/// <param name="Subject">Only what was done to this account.</param>
/// <param name="Action">Only this action.</param>
/// <param name="From">Only from this time on.</param>
/// <param name="To">Only before this time.</param>
/// <param name="Limit">The maximum number of entries.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The admin.</param>
internal sealed record ListAuditEntries(
    long? Actor,
    long? Subject,
    string? Action,
    DateTimeOffset? From,
    DateTimeOffset? To,
    int Limit,
    string? Cursor,
    CurrentUser User
) : IQuery<ErrorOr<Page<NamedAuditRow>>>;

internal sealed class ListAuditEntriesHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListAuditEntries, ErrorOr<Page<NamedAuditRow>>>
{
    private const string List = "audit";

    public async ValueTask<ErrorOr<Page<NamedAuditRow>>> Handle(ListAuditEntries query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        var allowed = await session.CheckAdminAsync(query.User, clock.Now(), cancellationToken);
        if (allowed.IsError)
            return allowed.Errors;

        // One more than requested shows whether there is a next page.
        var entries = await session.ReadAuditPageAsync(query, before.Value, query.Limit + 1, cancellationToken);
        return cursors.PageOf(List, entries, query.Limit, entry => entry.Id);
    }
}
