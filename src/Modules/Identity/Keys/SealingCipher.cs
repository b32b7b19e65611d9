using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Keys;

/// <summary>
/// Encrypts what the database must not reveal: AES-256-GCM, stored as nonce, tag and ciphertext, and bound to the id of its owner.
/// </summary>
/// <param name="key">The key, of <see cref="KeySize"/> bytes.</param>
internal sealed class SealingCipher(byte[] key)
{
    public const int KeySize = 32;

    // NIST SP 800-38D: a nonce of 96 bits and the longest tag, 128 bits.
    private const int NonceSize = 12;
    private const int TagSize = 16;

    public byte[] Encrypt(byte[] plain, string id)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(
            nonce,
            plain,
            sealedBytes.AsSpan(NonceSize + TagSize),
            sealedBytes.AsSpan(NonceSize, TagSize),
            Encoding.UTF8.GetBytes(id)
        );
        return sealedBytes;
    }

    /// <exception cref="CryptographicException">The bytes were sealed under another key or id, or changed since.</exception>
    public byte[] Decrypt(byte[] sealedBytes, string id)
    {
        if (sealedBytes.Length <= NonceSize + TagSize)
            throw new CryptographicException("The sealed bytes are too short.");

        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(
            sealedBytes.AsSpan(0, NonceSize),
            sealedBytes.AsSpan(NonceSize + TagSize),
            sealedBytes.AsSpan(NonceSize, TagSize),
            plain,
            Encoding.UTF8.GetBytes(id)
        );
        return plain;
    }
}
