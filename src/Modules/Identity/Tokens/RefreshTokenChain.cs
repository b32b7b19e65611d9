using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Tokens;

/// <summary>
/// Derives the token that follows a refresh token. It is always the same one, so that a client that lost the response gets it again
/// although it is not stored anywhere. Deriving it takes the token and the installation's secret.
/// </summary>
internal sealed class RefreshTokenChain(SecretKey secret)
{
    private readonly byte[] _key = secret.Derive("identity.refresh_tokens", HMACSHA256.HashSizeInBytes);

    /// <summary>The only successor of a token.</summary>
    public string Next(string token) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token)));
}
