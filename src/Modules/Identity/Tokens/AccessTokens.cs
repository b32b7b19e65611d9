using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Users;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Identity.Tokens;

/// <summary>Issues access tokens (RFC 9068): ES256 JWTs that every module can verify with nothing but the published keys.</summary>
internal sealed class AccessTokens(SigningKeyRing keys, TokenSettings settings, AccountSettings accounts, TimeProvider clock)
{
    // RFC 9068, 2.2 requires the client that the token was issued to; the product itself is the only one.
    private const string ClientId = "kumiko";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token of a user's session.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="authentication">How the user proved in this session who they are.</param>
    public string Issue(UserRow user, long sessionId, Authentication authentication)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var methods = AuthenticationMethods.Split(authentication.Methods);
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = user.Id.ToString(CultureInfo.InvariantCulture),
            [JwtRegisteredClaimNames.Sid] = sessionId.ToString(CultureInfo.InvariantCulture),
            [JwtRegisteredClaimNames.Jti] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
            [JwtRegisteredClaimNames.AuthTime] = authentication.Time.ToUnixTimeSeconds(),
            [JwtRegisteredClaimNames.Amr] = methods,
            ["client_id"] = ClientId,
            ["role"] = user.Role,
            [JwtRegisteredClaimNames.PreferredUsername] = user.Username,
        };
        // Other modules don't know the settings: the claims say what follows from them.
        if (accounts.MayOnlyRead(user))
            claims[CurrentUser.MustVerifyEmailClaim] = true;
        // A session in which a factor was used goes on when the account's last factor is removed.
        var usesFactors = user.HasMultipleFactors && AuthenticationMethods.HasMultipleFactors(methods);
        if (accounts.RequireAdminSecondFactor && user.Role == Roles.Admin && !usesFactors)
            claims[CurrentUser.MustUseSecondFactorClaim] = true;
        return Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = settings.Issuer,
                Audience = settings.Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + TokenLifetimes.AccessToken,
                SigningCredentials = keys.Current.Credentials,
                Claims = claims,
            }
        );
    }
}
