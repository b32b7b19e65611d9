using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Privacy;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Exports;

/// <summary>The key pairs of exports. The private halves are encrypted in the database; each is bound to its export.</summary>
internal sealed class ExportKeys(SecretKey secret)
{
    private readonly SealingCipher _cipher = new(secret, "identity.exports");

    /// <summary>A new pair for an export.</summary>
    public (string PublicKey, byte[] PrivateKey) Create(string exportId)
    {
        var (publicKey, privateKey) = PersonalDataSeal.CreateKeys();
        return (publicKey, _cipher.Encrypt(privateKey, exportId));
    }

    /// <summary>Encrypts the private half of a pair again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">It was encrypted under another secret key or export, or changed since.</exception>
    public byte[]? Renew(byte[] privateKey, string exportId) => _cipher.Renew(privateKey, exportId);

    /// <summary>Opens a part of an export.</summary>
    /// <exception cref="CryptographicException">The part belongs to another export or place, or changed since.</exception>
    public byte[] Open(ExportRow export, ExportPartRow part) =>
        PersonalDataSeal.Open(
            _cipher.Decrypt(export.PrivateKey, export.ExportId),
            PersonalDataSeal.NameOf(export.ExportId, part.Module, part.Number, part.IsLast),
            part.Content
        );
}
