using System.Security.Cryptography;

namespace Kumiko.Identity.Keys;

/// <summary>Encrypts the private signing keys, so that a copy of the database cannot issue tokens; bound to the key's id.</summary>
/// <param name="secret">The secret from which the encryption key is derived.</param>
/// <param name="setting">The setting that the secret comes from.</param>
internal sealed class SigningKeyCipher(SecretKey secret, string setting)
{
    /// <summary>With a separate key, other modules do not need the key that decrypts the signing keys.</summary>
    public const string EncryptionKey = "Tokens:EncryptionKey";

    private readonly SealingCipher _cipher = new(secret, "identity.signing-keys");

    /// <summary>The setting for the operator to check when the keys cannot be decrypted.</summary>
    public string Setting => setting;

    public byte[] Encrypt(byte[] privateKey, string id) => _cipher.Encrypt(privateKey, id);

    /// <summary>Encrypts a key again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">The key was sealed under another secret key, or has been changed since.</exception>
    public byte[]? Renew(byte[] sealedKey, string id) => _cipher.Renew(sealedKey, id);

    /// <exception cref="CryptographicException">The key was sealed under another secret key, or has been changed since.</exception>
    public byte[] Decrypt(byte[] sealedKey, string id) => _cipher.Decrypt(sealedKey, id);
}
