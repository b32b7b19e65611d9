using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Tokens;

/// <summary>
/// What follows a refresh token: always the same, so that a client that lost the answer gets it again, without its being stored anywhere.
/// It takes
/// the token and the installation's secret to find it.
/// </summary>
internal sealed class RefreshTokenChain(SecretKey secret)
{
    private readonly byte[] _key = secret.Derive("identity.refresh_tokens", HMACSHA256.HashSizeInBytes);

    /// <summary>The one child of a token.</summary>
    public string Next(string token) => Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(token)));
}
