using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Tokens;

/// <summary>
/// A refresh token: 256 random bits that cannot be guessed. Only its hash is stored, and a fast hash without salt is enough for that.
/// </summary>
internal static class RefreshToken
{
    /// <summary>
    /// A client that lost the response sends the same token again, and tabs that share a token refresh at once. Reuse within this time is
    /// not treated as theft.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>An upper bound before hashing.</summary>
    public const int MaxLength = 4_096;

    /// <summary>The first token of a session.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Limits only the length: a handler rejects anything that is not a refresh token with a 401.</summary>
    public static IRuleBuilderOptions<T, string?> IsRefreshToken<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.MaximumLength(MaxLength).WithMessage("This is too long for a refresh token.");
}
