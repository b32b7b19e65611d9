using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Keys;

/// <summary>
/// Encrypts the private signing keys, so that a copy of the database cannot issue tokens: AES-256-GCM, stored as nonce, tag and ciphertext,
/// bound to the key's id.
/// </summary>
/// <param name="secret">The secret from which the encryption key is derived.</param>
/// <param name="setting">The setting that the secret comes from.</param>
internal sealed class SigningKeyCipher(SecretKey secret, string setting)
{
    /// <summary>With a separate key, other modules do not need the key that decrypts the signing keys.</summary>
    public const string EncryptionKey = "Tokens:EncryptionKey";

    // NIST SP 800-38D: a nonce of 96 bits and the longest tag, 128 bits.
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _key = secret.Derive("identity.signing-keys", 32);

    /// <summary>The setting for the operator to check when the keys cannot be decrypted.</summary>
    public string Setting => setting;

    public byte[] Encrypt(byte[] privateKey, string id)
    {
        var sealedKey = new byte[NonceSize + TagSize + privateKey.Length];
        var nonce = sealedKey.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Encrypt(
            nonce,
            privateKey,
            sealedKey.AsSpan(NonceSize + TagSize),
            sealedKey.AsSpan(NonceSize, TagSize),
            Encoding.UTF8.GetBytes(id)
        );
        return sealedKey;
    }

    /// <exception cref="CryptographicException">The key was sealed under another secret key, or has been changed since.</exception>
    public byte[] Decrypt(byte[] sealedKey, string id)
    {
        if (sealedKey.Length <= NonceSize + TagSize)
            throw new CryptographicException("The sealed key is too short.");

        var privateKey = new byte[sealedKey.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_key, TagSize);
        cipher.Decrypt(
            sealedKey.AsSpan(0, NonceSize),
            sealedKey.AsSpan(NonceSize + TagSize),
            sealedKey.AsSpan(NonceSize, TagSize),
            privateKey,
            Encoding.UTF8.GetBytes(id)
        );
        return privateKey;
    }
}
