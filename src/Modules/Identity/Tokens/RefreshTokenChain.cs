using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Tokens;

/// <summary>
/// Derives the token that follows a refresh token. It is always the same one, so that a client that lost the response gets it again
/// although it is not stored anywhere. Deriving it takes the token and the hash key.
/// </summary>
internal sealed class RefreshTokenChain(HashKey hashKey)
{
    /// <summary>The only successor of a token.</summary>
    public string Next(string token) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(hashKey.For("identity.refresh_tokens"), Encoding.UTF8.GetBytes(token)));
}
