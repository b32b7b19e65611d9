using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Mediator;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed class EndOtherSessionsHandler(IdentityDatabase database, TimeProvider clock) : ICommandHandler<EndOtherSessionsRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(EndOtherSessionsRequest request, CancellationToken cancellation)
    {
        await using var work = await database.BeginAsync(cancellation);
        if (await work.FindOwnSessionAsync(request.User, clock.Now(), cancellation) is null)
            return IdentityFailures.SessionEnded;

        await work.EndOtherSessionsAsync(request.User, cancellation);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
