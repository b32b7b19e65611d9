using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed class EndOtherSessionsHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndOtherSessionsRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndOtherSessionsRequest request, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.ReadOwnSessionAsync(request.User, clock.Now(), cancellationToken) is null)
            return IdentityErrors.SessionEnded;

        var others = (await work.ReadSessionIdsAsync(request.User.Id, cancellationToken)).Where(id => id != request.User.SessionId);
        await sessions.EndAsync(work, request.User.Id, [.. others], SessionEndReason.EndedByOwner, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
