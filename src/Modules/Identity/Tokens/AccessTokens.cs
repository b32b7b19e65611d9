using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Keys;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Identity.Tokens;

/// <summary>Issues access tokens (RFC 9068): ES256 JWTs that every module verifies by the published keys alone.</summary>
internal sealed class AccessTokens(SigningKeyRing keys, TokenSettings settings, TimeProvider clock)
{
    /// <summary>Short, since a token is not asked about before it expires.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long after the end of a session a token of it may be taken for good: clocks differ, and one that was refreshed at that moment is issued after it.
    /// </summary>
    public static readonly TimeSpan LongestUse = Lifetime + BearerTokens.ClockSkew + TimeSpan.FromMinutes(1);

    // RFC 9068, 2.2 asks for the client that the token was issued to; there is one, the product itself.
    private const string ClientId = "kumiko";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    public string Issue(UserRow user, long sessionId)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = settings.Issuer,
                Audience = settings.Audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Lifetime,
                SigningCredentials = keys.Current.Credentials,
                Claims = new Dictionary<string, object>
                {
                    [JwtRegisteredClaimNames.Sub] = user.Id.ToString(CultureInfo.InvariantCulture),
                    [JwtRegisteredClaimNames.Sid] = sessionId.ToString(CultureInfo.InvariantCulture),
                    [JwtRegisteredClaimNames.Jti] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
                    ["client_id"] = ClientId,
                    ["role"] = user.Role,
                    [JwtRegisteredClaimNames.PreferredUsername] = user.Username,
                },
            }
        );
    }
}
