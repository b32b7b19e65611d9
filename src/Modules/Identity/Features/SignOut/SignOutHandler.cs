using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignOut;

internal sealed class SignOutHandler(IdentityDatabase database, SessionEnd sessions, TimeProvider clock)
    : ICommandHandler<SignOutRequest, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(SignOutRequest request, CancellationToken cancellationToken)
    {
        if (request.User is null && string.IsNullOrEmpty(request.RefreshToken))
            return Errors.Unauthorized("The request has no token: send the access token or the refresh token of the session to end.");

        await using var work = await database.BeginAsync(cancellationToken);
        var sessionId =
            request.User?.SessionId
            ?? (await work.ReadSessionOfTokenAsync(RefreshToken.Hash(request.RefreshToken!), cancellationToken))?.Id;
        if (sessionId is null || await work.FindUserOfLivingSessionAsync(sessionId.Value, clock.Now(), cancellationToken) is not { } userId)
            return IdentityErrors.SessionEnded;

        await sessions.EndAsync(work, userId, [sessionId.Value], SessionEndReason.SignedOut, cancellationToken);
        await work.CommitAsync();
        return Result.Deleted;
    }
}
