using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed class EndOtherSessionsHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndOtherSessionsRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndOtherSessionsRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        if (await work.ReadOwnSessionAsync(request.User, clock.Now(), cancellation) is null)
            return IdentityFailures.SessionEnded;

        var others = (await work.ReadSessionIdsAsync(request.User.Id, cancellation)).Where(id => id != request.User.SessionId);
        await sessions.EndAsync(work, request.User.Id, [.. others], SessionEndReason.EndedByOwner, cancellation);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
