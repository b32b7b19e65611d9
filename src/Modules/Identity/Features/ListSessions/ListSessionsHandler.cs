using Kumiko.BuildingBlocks.Paging;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ListSessions;

/// <summary>Reads a page of the user's sessions.</summary>
/// <param name="Limit">The maximum number of sessions.</param>
/// <param name="Cursor">Where the page begins; null for the first page.</param>
/// <param name="User">The user.</param>
internal sealed record ListSessions(int Limit, string? Cursor, CurrentUser User) : IQuery<ErrorOr<Page<SessionRow>>>;

internal sealed class ListSessionsHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListSessions, ErrorOr<Page<SessionRow>>>
{
    private const string List = "sessions";

    public async ValueTask<ErrorOr<Page<SessionRow>>> Handle(ListSessions query, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, query.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        if (await session.ReadOwnSessionAsync(query.User, clock.Now(), cancellationToken) is not { } current)
            return IdentityErrors.SessionEnded;

        // The current session first, then the others from new to old.
        List<SessionRow> shown = string.IsNullOrEmpty(query.Cursor) ? [current] : [];
        var left = query.Limit - shown.Count;
        // One more than requested shows whether there is a next page.
        var others = await session.ReadOtherSessionsAsync(query.User, before.Value, left + 1, clock.Now(), cancellationToken);
        shown.AddRange(others.Take(left));
        var last = left == 0 ? before.Value : shown[^1].Id;
        return new Page<SessionRow>(shown, others.Count > left ? cursors.Write(List, last) : null);
    }
}
