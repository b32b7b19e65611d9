using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.SignOut;

/// <summary>Ends a session.</summary>
/// <param name="RefreshToken">The refresh token of the session, if there is no access token.</param>
/// <param name="User">The user whose access token names the session.</param>
internal sealed record SignOut(string? RefreshToken, CurrentUser? User) : ICommand<ErrorOr<Deleted>>;

internal sealed class SignOutHandler(IdentityDatabase database, SessionEnd sessions, SecurityEvents events, TimeProvider clock)
    : ICommandHandler<SignOut, ErrorOr<Deleted>>
{
    public async ValueTask<ErrorOr<Deleted>> Handle(SignOut command, CancellationToken cancellationToken)
    {
        if (command.User is null && string.IsNullOrEmpty(command.RefreshToken))
            return Errors.Unauthorized("The request has no token: send the access token or the refresh token of the session to end.");

        // Read outside the transaction, so that made-up tokens do not block other writers.
        if ((command.User?.SessionId ?? await FindSessionAsync(command.RefreshToken!, cancellationToken)) is not { } sessionId)
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
