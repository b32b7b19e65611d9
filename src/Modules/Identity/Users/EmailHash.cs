using System.Security.Cryptography;
using System.Text;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Users;

/// <summary>
/// Stands for an e-mail address in the log: the same address has the same hash, which means nothing without the hash key.
/// </summary>
internal sealed class EmailHash(HashKey hashKey)
{
    // Enough to distinguish addresses.
    private const int Length = 16;

    public string Of(string emailKey) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(hashKey.For("identity.security_events"), Encoding.UTF8.GetBytes(emailKey)).AsSpan(0, Length)
        );
}
