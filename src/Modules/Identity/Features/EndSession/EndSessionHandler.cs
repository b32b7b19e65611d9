using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Sessions;
using Mediator;

namespace Kumiko.Identity.Features.EndSession;

internal sealed class EndSessionHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<EndSessionRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndSessionRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        var living = await work.ReadLivingSessionsAsync(request.User, request.Id, clock.Now(), cancellation);
        if (!living.Contains(request.User.SessionId))
            return IdentityFailures.SessionEnded;
        if (!living.Contains(request.Id))
            return Failures.NotFound($"You have no session {request.Id}.");

        await sessions.EndAsync(work, request.User.Id, [request.Id], SessionEndReason.EndedByOwner, cancellation);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
