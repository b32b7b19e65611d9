using Kumiko.BuildingBlocks.Paging;
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
        return new Page<ActivityResponse>([.. page.Items.Select(ResponseOf)], page.NextCursor);
    }

    private static ActivityResponse ResponseOf(ActivityRow row) =>
        new(row.Id, row.At, row.Action, row.Outcome, row.DoneBy, row.SessionId, row.Client, row.Details);
}
