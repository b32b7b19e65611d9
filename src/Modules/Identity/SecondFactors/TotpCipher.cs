using System.Globalization;
using System.Security.Cryptography;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.SecondFactors;

/// <summary>
/// Encrypts the secrets of the authenticator apps, so that a copy of the database makes no codes; each is bound to its user's id.
/// </summary>
internal sealed class TotpCipher(SecretKey secret)
{
    private readonly SealingCipher _cipher = new(secret, "identity.totp-secrets");

    public byte[] Encrypt(TotpSecret totp, long userId) => _cipher.Encrypt(totp.Bytes, Id(userId));

    /// <exception cref="CryptographicException">It was sealed under another secret key or user, or changed since.</exception>
    public TotpSecret Decrypt(byte[] sealedSecret, long userId) => new(_cipher.Decrypt(sealedSecret, Id(userId)));

    /// <summary>Encrypts a secret again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">It was sealed under another secret key or user, or changed since.</exception>
    public byte[]? Renew(byte[] sealedSecret, long userId) => _cipher.Renew(sealedSecret, Id(userId));

    private static string Id(long userId) => string.Create(CultureInfo.InvariantCulture, $"user {userId}");
}
