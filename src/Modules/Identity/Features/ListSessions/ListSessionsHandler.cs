using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.ListSessions;

internal sealed class ListSessionsHandler(IdentityDatabase database, CursorCodec cursors, TimeProvider clock)
    : IQueryHandler<ListSessionsRequest, ErrorOr<ListResponse<SessionResponse>>>
{
    private const string List = "sessions";

    public async ValueTask<ErrorOr<ListResponse<SessionResponse>>> Handle(ListSessionsRequest request, CancellationToken cancellation)
    {
        var before = cursors.Read(List, request.Cursor);
        if (before.IsError)
            return before.Errors;

        await using var session = await database.OpenAsync(cancellation);
        if (await session.ReadOwnSessionAsync(request.User, clock.Now(), cancellation) is not { } current)
            return IdentityFailures.SessionEnded;

        // The current one first, and then the others, newest first.
        List<SessionRow> shown = string.IsNullOrEmpty(request.Cursor) ? [current] : [];
        var left = request.Limit - shown.Count;
        // One more than asked for tells whether there is a next page.
        var others = await session.ReadOtherSessionsAsync(request.User, before.Value, left + 1, clock.Now(), cancellation);
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
