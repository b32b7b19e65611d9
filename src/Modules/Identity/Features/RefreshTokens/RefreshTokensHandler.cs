using System.Globalization;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.BuildingBlocks.Web;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Mediator;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Features.RefreshTokens;

internal sealed class RefreshTokensHandler(
    IdentityDatabase database, RateLimits limits, SessionEnd sessions, AccessTokens accessTokens, TimeProvider clock, ILogger<RefreshTokensHandler> logger)
    : ICommandHandler<RefreshTokensRequest, ErrorOr<TokenResponse>>
{
    private static Error Dead => Failures.SignedOut("The refresh token is unknown, expired or was spent. Sign in again.");

    public async ValueTask<ErrorOr<TokenResponse>> Handle(RefreshTokensRequest request, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(request.RefreshToken))
            return Failures.SignedOut("There is no refresh token, neither in the body nor in the cookie. Sign in first.");

        var hash = RefreshToken.Hash(request.RefreshToken);
        var now = clock.Now();
        var oldest = now - RefreshToken.Lifetime;
        // Read outside of the transaction, so that made-up tokens keep no writer waiting.
        if (await FindSessionAsync(hash, oldest, cancellation) is not { } sessionId)
            return Dead;

        if (limits.Take(IdentityLimits.Refreshes, sessionId.ToString(CultureInfo.InvariantCulture)) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellation);
        // The session first: whoever else refreshes or ends it waits here, and all take their locks in the same order.
        if (!await work.TouchSessionAsync(sessionId, now, cancellation))
            return Dead;
        if (!await work.SpendTokenAsync(hash, now, cancellation) && await work.ReadSpentAtAsync(hash, cancellation) < now - RefreshToken.Grace)
        {
            var owner = await work.ReadUserOfSessionAsync(sessionId, cancellation);
            await sessions.EndAsync(work, owner.Id, [sessionId], cancellation);
            await work.CommitAsync();
            logger.LogWarning("A spent refresh token was shown again; session {Session} was ended", sessionId);
            return Dead;
        }

        var next = RefreshToken.Create();
        await work.InsertNextTokenAsync(sessionId, RefreshToken.Hash(next), now, cancellation);
        var user = await work.ReadUserOfSessionAsync(sessionId, cancellation);
        await work.CommitAsync();
        return TokenResponse.Of(accessTokens.Issue(user, sessionId), user) with { RefreshToken = next };
    }

    private async ValueTask<long?> FindSessionAsync(byte[] tokenHash, DateTimeOffset oldest, CancellationToken cancellation)
    {
        await using var session = await database.OpenAsync(cancellation);
        return await session.FindSessionAsync(tokenHash, oldest, cancellation);
    }
}
