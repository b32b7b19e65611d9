using Kumiko.Identity.Users;

namespace Kumiko.Identity.Tokens;

/// <summary>The tokens of a session that was begun or continued.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="RefreshToken">The refresh token.</param>
/// <param name="SessionId">The session that they belong to.</param>
/// <param name="User">The user whose session it is.</param>
/// <param name="IsRemembered">Whether a browser keeps the refresh token after it is closed.</param>
internal sealed record IssuedTokens(string AccessToken, string RefreshToken, long SessionId, UserRow User, bool IsRemembered)
{
    /// <summary>The response of a client, which gets the refresh token in the body or in the cookie.</summary>
    public TokenResponse ToResponse(bool inBody) =>
        TokenResponse.Of(AccessToken, User) with
        {
            RefreshToken = inBody ? RefreshToken : null,
        };
}
