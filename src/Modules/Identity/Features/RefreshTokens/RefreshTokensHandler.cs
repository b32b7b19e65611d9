using System.Globalization;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.RefreshTokens;

/// <summary>Exchanges a refresh token.</summary>
internal sealed record RefreshTokens(string? RefreshToken) : ICommand<ErrorOr<IssuedTokens>>;

internal sealed class RefreshTokensHandler(
    IdentityDatabase database,
    RateLimits limits,
    RefreshTokenChain chain,
    SessionSettings settings,
    SessionEnd sessions,
    AccessTokens accessTokens,
    SecurityEvents events,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<RefreshTokens, ErrorOr<IssuedTokens>>
{
    private static Error InvalidToken =>
        Errors.Unauthorized("The refresh token is unknown, has expired or was already used. Sign in again.");

    public async ValueTask<ErrorOr<IssuedTokens>> Handle(RefreshTokens command, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(command.RefreshToken))
            return Errors.Unauthorized("Neither the body nor the cookie has a refresh token. Sign in first.");

        // A change of role moves the token to another session. If that happens just now, the token is looked up again.
        return await TryExchangeAsync(command.RefreshToken, cancellationToken)
            ?? await TryExchangeAsync(command.RefreshToken, cancellationToken)
            ?? InvalidToken;
    }

    /// <summary>Exchanges the token, unless its session ends at this moment; then returns null.</summary>
    private async ValueTask<ErrorOr<IssuedTokens>?> TryExchangeAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var hash = RefreshToken.Hash(refreshToken);
        var now = clock.Now();
        // Read outside the transaction, so that made-up tokens do not block other writers.
        if (
            await FindSessionAsync(hash, now, cancellationToken) is not { } session
            || settings.ExpiresAt(session.CreatedAt, session.Remembered, now) <= now
        )
        {
            events.Refused(SecurityEvent.InvalidToken, reason: "refresh_token");
            return InvalidToken;
        }

        if (limits.Acquire(IdentityLimits.Refreshes, session.Id.ToString(CultureInfo.InvariantCulture)) is { IsError: true } tooMany)
            return tooMany.Errors;

        await using var work = await database.BeginAsync(cancellationToken);
        // The session first: others that refresh or end it wait here, and all take their locks in the same order.
        var expiresAt = settings.ExpiresAt(session.CreatedAt, session.Remembered, now);
        if (!await work.TouchSessionAsync(session.Id, now, expiresAt, cancellationToken))
            return null;

        var next = chain.Next(refreshToken);
        if (await work.SpendTokenAsync(hash, now, cancellationToken))
        {
            await work.InsertTokenAsync(session.Id, RefreshToken.Hash(next), now, cancellationToken);
        }
        else if (await IsStolenAsync(work, hash, RefreshToken.Hash(next), now, cancellationToken))
        {
            await sessions.EndAsync(work, session.UserId, [session.Id], SessionEndReason.RefreshReuse, cancellationToken);
            audit.Record(
                work,
                new AuditEntry(AuditAction.RefreshReuse, ActorId: null, session.UserId)
                {
                    Outcome = SecurityOutcome.Refused,
                    SessionId = session.Id,
                }
            );
            work.AfterCommit(() => events.Refused(SecurityEvent.RefreshReuse, session.UserId, session.Id));
            await work.CommitAsync();
            return InvalidToken;
        }

        var user = await work.ReadUserAsync(session.UserId, cancellationToken);
        await work.CommitAsync();
        return new IssuedTokens(accessTokens.Issue(user, session.Id, session.Authentication), next, session.Id, user, session.Remembered);
    }

    // A client that lost the response retries within moments, and has not used the tokens that it did not receive.
    private static async Task<bool> IsStolenAsync(
        UnitOfWork work,
        byte[] spent,
        byte[] next,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ReadSpentAtAsync(spent, cancellationToken) < now - RefreshToken.Grace
        || !await work.IsUnspentAsync(next, cancellationToken);

    private async ValueTask<SessionRow?> FindSessionAsync(byte[] tokenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        return await session.FindSessionAsync(tokenHash, now - settings.Idle, now - settings.ShortIdle, cancellationToken);
    }
}
