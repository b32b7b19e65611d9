using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
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
        // One more than asked for tells whether there is a next page.
        var rows = await session.ReadSessionsAsync(request.User, before.Value, request.Limit + 1, clock.Now(), cancellation);
        if (rows.Count == 0)
            return IdentityFailures.SessionEnded;

        var items = rows
            .Where(row => row.Id is not null)
            .Take(request.Limit)
            .Select(row => new SessionResponse(row.Id!.Value, row.Device, row.Address, row.CreatedAt, row.LastUsedAt, row.Id == request.User.SessionId))
            .ToList();
        return new ListResponse<SessionResponse>(items, rows.Count > request.Limit ? cursors.Write(List, items[^1].Id) : null);
    }
}
