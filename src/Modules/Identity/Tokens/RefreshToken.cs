using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Tokens;

/// <summary>
/// A refresh token: 256 random bits. Only its hash is stored; since it cannot be guessed, a fast hash without salt is enough.
/// </summary>
internal static class RefreshToken
{
    /// <summary>How long a session lives after its last refresh.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>
    /// A client that lost the answer shows the same token again, and tabs that share one refresh at once. Within this time that is no theft.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
