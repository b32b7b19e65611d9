using System.Security.Cryptography;
using System.Text;

namespace Kumiko.Identity.Keys;

/// <summary>
/// Encrypts what the database must not reveal: AES-256-GCM, stored as nonce, tag and ciphertext, and bound to the id of its owner.
/// </summary>
/// <param name="secret">The secret from which the key is derived. What was sealed under another accepted one can be opened, too.</param>
/// <param name="purpose">The purpose of the key.</param>
internal sealed class SealingCipher(SecretKey secret, string purpose)
{
    private const int KeySize = 32;

    // NIST SP 800-38D: a nonce of 96 bits and the longest tag, 128 bits.
    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly IReadOnlyList<byte[]> _keys = secret.DeriveAccepted(purpose, KeySize);

    public byte[] Encrypt(byte[] plain, string id)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_keys[0], TagSize);
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
    public byte[] Decrypt(byte[] sealedBytes, string id) => Open(sealedBytes, id).Plain;

    /// <summary>Encrypts again what was sealed under an accepted key; null if it was sealed under the current one.</summary>
    /// <exception cref="CryptographicException">The bytes were sealed under another key or id, or changed since.</exception>
    public byte[]? Renew(byte[] sealedBytes, string id) =>
        Open(sealedBytes, id) is { IsCurrent: false } opened ? Encrypt(opened.Plain, id) : null;

    private (byte[] Plain, bool IsCurrent) Open(byte[] sealedBytes, string id)
    {
        for (var i = 0; i < _keys.Count - 1; i++)
        {
            try
            {
                return (Decrypt(_keys[i], sealedBytes, id), i == 0);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Maybe the next key opens it.
            }
        }

        return (Decrypt(_keys[^1], sealedBytes, id), _keys.Count == 1);
    }

    private static byte[] Decrypt(byte[] key, byte[] sealedBytes, string id)
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
