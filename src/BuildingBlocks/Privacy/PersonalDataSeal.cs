using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>
/// Seals personal data on its way from one module to another, and while it waits there. Each export has a key pair of its own: once the
/// private half is deleted, nobody can open what outboxes, the broker and backups still hold. Each text is sealed by an ephemeral key
/// (ECDH on P-256, HKDF with SHA-256, AES-256-GCM), as ECIES does.
/// </summary>
public static class PersonalDataSeal
{
    private const int KeySize = 32;
    private const int TagSize = 16;

    // A SubjectPublicKeyInfo of a point on P-256 (RFC 5480).
    private const int PublicKeySize = 91;

    // A key seals one text, so its nonce need not differ from any other.
    private static readonly byte[] Nonce = new byte[12];

    /// <summary>The name of a part, to which what is sealed is bound.</summary>
    /// <param name="exportId">The export.</param>
    /// <param name="module">The module.</param>
    /// <param name="number">The number of the part.</param>
    /// <param name="isLast">Whether no part of the module follows.</param>
    public static string NameOf(string exportId, string module, int number, bool isLast) =>
        string.Create(CultureInfo.InvariantCulture, $"{exportId} {module} {number} {(isLast ? "last" : "more")}");

    /// <summary>Makes a key pair.</summary>
    /// <returns>The public half in base64, and the private half (RFC 5915).</returns>
    public static (string PublicKey, byte[] PrivateKey) CreateKeys()
    {
        using var pair = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return (Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()), pair.ExportECPrivateKey());
    }

    /// <summary>Seals a text for the owner of a key.</summary>
    /// <param name="publicKey">The key, in base64.</param>
    /// <param name="name">What is sealed; opening it takes the same name.</param>
    /// <param name="plain">The text.</param>
    /// <exception cref="CryptographicException">The key is not one of <see cref="CreateKeys"/>.</exception>
    public static byte[] Seal(string publicKey, string name, ReadOnlySpan<byte> plain)
    {
        using var owner = ECDiffieHellman.Create();
        owner.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var sealedBytes = new byte[PublicKeySize + TagSize + plain.Length];
        ephemeral.ExportSubjectPublicKeyInfo().CopyTo(sealedBytes, 0);
        using var cipher = CipherOf(ephemeral, owner.PublicKey, sealedBytes.AsSpan(0, PublicKeySize));
        cipher.Encrypt(
            Nonce,
            plain,
            sealedBytes.AsSpan(PublicKeySize + TagSize),
            sealedBytes.AsSpan(PublicKeySize, TagSize),
            Encoding.UTF8.GetBytes(name)
        );
        return sealedBytes;
    }

    /// <summary>Opens what was sealed for a key.</summary>
    /// <param name="privateKey">The private half.</param>
    /// <param name="name">The name under which it was sealed.</param>
    /// <param name="sealedBytes">What <see cref="Seal"/> returned.</param>
    /// <exception cref="CryptographicException">It was sealed for another key or under another name, or changed since.</exception>
    public static byte[] Open(byte[] privateKey, string name, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < PublicKeySize + TagSize)
            throw new CryptographicException("The sealed bytes are too short.");

        using var owner = ECDiffieHellman.Create();
        owner.ImportECPrivateKey(privateKey, out _);
        using var ephemeral = ECDiffieHellman.Create();
        ephemeral.ImportSubjectPublicKeyInfo(sealedBytes[..PublicKeySize], out _);
        using var cipher = CipherOf(owner, ephemeral.PublicKey, sealedBytes[..PublicKeySize]);
        var plain = new byte[sealedBytes.Length - PublicKeySize - TagSize];
        cipher.Decrypt(
            Nonce,
            sealedBytes[(PublicKeySize + TagSize)..],
            sealedBytes.Slice(PublicKeySize, TagSize),
            plain,
            Encoding.UTF8.GetBytes(name)
        );
        return plain;
    }

    private static AesGcm CipherOf(ECDiffieHellman own, ECDiffieHellmanPublicKey other, ReadOnlySpan<byte> ephemeral)
    {
        var agreed = own.DeriveRawSecretAgreement(other);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, KeySize, salt: ephemeral.ToArray(), info: "personal-data"u8.ToArray());
        return new AesGcm(key, TagSize);
    }
}
