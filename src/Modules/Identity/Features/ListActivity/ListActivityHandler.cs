using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ListActivity;

/// <summary>Reads a page of what happened to the user's own account.</summary>
/// <param name="Limit">The maximum number of entries.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The user.</param>
internal sealed record ListActivity(int Limit, string? Cursor, CurrentUser User) : IQuery<ErrorOr<Page<ActivityResponse>>>
{
    /// <summary>How far back people see.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(90);
}

internal sealed class ListActivityHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListActivity, ErrorOr<Page<ActivityResponse>>>
{
    private const string List = "activity";

    public async ValueTask<ErrorOr<Page<ActivityResponse>>> Handle(ListActivity query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        if (await session.ReadOwnSessionAsync(query.User, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;

        // One more than requested shows whether there is a next page.
        var since = clock.Now() - ListActivity.Shown;
        var rows = await session.ReadActivityAsync(query.User.Id, before.Value, since, query.Limit + 1, cancellationToken);
        var page = cursors.PageOf(List, rows, query.Limit, row => row.Id);
        return new Page<ActivityResponse>([.. page.Items.Select(row => ResponseOf(row, query.User))], page.NextCursor);
    }

    // The network and the session of staff are theirs alone. The session that they ended is the person's own.
    private static ActivityResponse ResponseOf(AuditRow row, CurrentUser user)
    {
        var by = ByWhom(row, user);
        var isByStaff = by == "staff";
        return new ActivityResponse(
            row.Id,
            row.At,
            row.Action,
            row.Outcome,
            by,
            isByStaff && row.Action != AuditAction.SessionEnd.Name() ? null : row.SessionId,
            isByStaff ? null : row.Client,
            row.Details
        );
    }

    private static string ByWhom(AuditRow row, CurrentUser user)
    {
        if (row.ActorId == user.Id)
            return "self";
        // The operator has no account. Everything else without an actor is the attempt of somebody who was not signed in.
        return row.ActorId is not null || row.Action == AuditAction.RoleChange.Name() ? "staff" : "unknown";
    }
}
