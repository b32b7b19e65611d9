using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Sessions;

/// <summary>Begins sessions and limits their number per user.</summary>
internal sealed class SessionStart(SessionSettings settings, SessionEnd sessions, AccessTokens accessTokens, TimeProvider clock)
{
    /// <summary>Begins a session of a user whose row is locked, so that two concurrent sign-ins cannot exceed the limit.</summary>
    /// <param name="work">The transaction; the caller commits it before it hands over the tokens.</param>
    /// <param name="user">The user.</param>
    /// <param name="device">The name that the client gave itself when the user signed in.</param>
    /// <param name="address">The network address that the user signed in from.</param>
    /// <param name="isRemembered">Whether the user wants to stay signed in.</param>
    /// <param name="createdAt">When the user signed in.</param>
    /// <param name="authentication">How the user proved who they are.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async Task<IssuedTokens> BeginAsync(
        UnitOfWork work,
        UserRow user,
        string? device,
        string? address,
        bool isRemembered,
        DateTimeOffset createdAt,
        Authentication authentication,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var token = RefreshToken.Create();
        var session = await work.InsertSessionAsync(
            new SessionRow
            {
                UserId = user.Id,
                Device = device,
                Address = address,
                Remembered = isRemembered,
                CreatedAt = createdAt,
                LastUsedAt = now,
                ExpiresAt = settings.ExpiresAt(createdAt, isRemembered, now),
                AuthTime = authentication.Time,
                Amr = authentication.Methods,
            },
            cancellationToken
        );
        await work.InsertTokenAsync(session, RefreshToken.Hash(token), now, cancellationToken);
        await sessions.EndAsync(
            work,
            user.Id,
            await work.ReadLeastRecentlyUsedAsync(user.Id, keep: settings.PerUser, cancellationToken),
            SessionEndReason.TooMany,
            cancellationToken
        );
        return new IssuedTokens(accessTokens.Issue(user, session, authentication), token, session, user, isRemembered);
    }
}
