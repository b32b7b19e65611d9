using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.EndSession;

internal sealed class EndSessionHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndSessionRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndSessionRequest request, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var living = await work.ReadLivingSessionsAsync(request.User, request.Id, clock.Now(), cancellationToken);
        if (!living.Contains(request.User.SessionId))
            return IdentityErrors.SessionEnded;
        if (!living.Contains(request.Id))
            return Errors.NotFound($"You have no session {request.Id}.");

        await sessions.EndAsync(work, request.User.Id, [request.Id], SessionEndReason.EndedByOwner, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
