using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Users;

/// <summary>
/// Stands for an e-mail address in the log: the same address has the same hash, which means nothing without the installation's secret.
/// </summary>
internal sealed class EmailHash(SecretKey secret)
{
    // Enough to distinguish addresses.
    private const int Length = 16;

    private readonly byte[] _key = secret.Derive("identity.security_events", HMACSHA256.HashSizeInBytes);

    public string Of(string emailKey) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(emailKey)).AsSpan(0, Length));
}
