using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Mediator;

namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<SignOutRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(SignOutRequest request, CancellationToken cancellation)
    {
        if (request.User is null && string.IsNullOrEmpty(request.RefreshToken))
            return Failures.SignedOut("The request has no token: send the access token or the refresh token of the session to end.");

        await using var work = await database.BeginAsync(cancellation);
        var sessionId = request.User?.SessionId ?? await work.FindSessionToEndAsync(RefreshToken.Hash(request.RefreshToken!), cancellation);
        if (sessionId is null || await work.FindUserOfLivingSessionAsync(sessionId.Value, clock.Now(), cancellation) is not { } userId)
            return IdentityFailures.SessionEnded;

        await sessions.EndAsync(work, userId, [sessionId.Value], SessionEndReason.SignedOut, cancellation);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
