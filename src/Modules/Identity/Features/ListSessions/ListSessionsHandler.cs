using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListSessionsRequest, ErrorOr<ListResponse<SessionResponse>>>
{
    private const string List = "sessions";

    public async ValueTask<ErrorOr<ListResponse<SessionResponse>>> Handle(ListSessionsRequest request, CancellationToken cancellationToken)
    {
        var before = cursors.Read(List, request.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellationToken);
        if (await session.ReadOwnSessionAsync(request.User, clock.Now(), cancellationToken) is not { } current)
            return IdentityErrors.SessionEnded;

        // The current session first, then the others from new to old.
        List<SessionRow> shown = string.IsNullOrEmpty(request.Cursor) ? [current] : [];
        var left = request.Limit - shown.Count;
        // One more than requested shows whether there is a next page.
        var others = await session.ReadOtherSessionsAsync(request.User, before.Value, left + 1, clock.Now(), cancellationToken);
        shown.AddRange(others.Take(left));
        var last = left == 0 ? before.Value : shown[^1].Id;
        return new ListResponse<SessionResponse>(
            [
                .. shown.Select(row => new SessionResponse(
                    row.Id,
                    row.Device,
                    row.Address,
                    row.CreatedAt,
                    row.LastUsedAt,
                    row.Id == current.Id
                )),
            ],
            others.Count > left ? cursors.Write(List, last) : null
        );
    }
}
