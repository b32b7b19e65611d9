using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutHandler(IdentityDatabase database, SessionEnd sessions, SecurityEvents events, TimeProvider clock)
    : ICommandHandler<SignOutRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(SignOutRequest request, CancellationToken cancellationToken)
    {
        if (request.User is null && string.IsNullOrEmpty(request.RefreshToken))
            return Errors.Unauthorized("The request has no token: send the access token or the refresh token of the session to end.");

        // Read outside the transaction, so that made-up tokens do not block other writers.
        if ((request.User?.SessionId ?? await FindSessionAsync(request.RefreshToken!, cancellationToken)) is not { } sessionId)
        {
            events.Refused(SecurityEvent.InvalidToken, reason: "refresh_token");
            return IdentityErrors.SessionEnded;
        }

        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.FindUserOfLivingSessionAsync(sessionId, clock.Now(), cancellationToken) is not { } userId)
            return IdentityErrors.SessionEnded;

        await sessions.EndAsync(work, userId, [sessionId], SessionEndReason.SignedOut, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }

    private async ValueTask<long?> FindSessionAsync(string refreshToken, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return (await session.ReadSessionOfTokenAsync(RefreshToken.Hash(refreshToken), cancellationToken))?.Id;
    }
}
