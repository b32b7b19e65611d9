using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Identity.Keys;

/// <summary>An ES256 key, decrypted in memory.</summary>
internal sealed class SigningKey
{
    private SigningKey(SigningKeyRow row, ECDsa key)
    {
        Generation = row.Generation;
        Id = row.Kid;
        ActivatesAt = row.ActivatesAt;
        X = row.X;
        Y = row.Y;
        Key = new ECDsaSecurityKey(key) { KeyId = row.Kid };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256);
    }

    public long Generation { get; }

    public string Id { get; }

    /// <summary>The time at which it begins to sign; it is published before.</summary>
    public DateTimeOffset ActivatesAt { get; }

    public string X { get; }

    public string Y { get; }

    public SecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    /// <summary>Creates a key in its stored form.</summary>
    public static SigningKeyRow Create(long generation, DateTimeOffset createdAt, DateTimeOffset activatesAt, SigningKeyCipher cipher)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        var x = Base64Url.EncodeToString(parameters.Q.X);
        var y = Base64Url.EncodeToString(parameters.Q.Y);
        var id = Thumbprint(x, y);
        return new SigningKeyRow
        {
            Generation = generation,
            Kid = id,
            X = x,
            Y = y,
            PrivateKey = cipher.Encrypt(parameters.D!, id),
            CreatedAt = createdAt,
            ActivatesAt = activatesAt,
        };
    }

    /// <summary>Decrypts a stored key.</summary>
    /// <exception cref="CryptographicException">The key was sealed under another secret key, or has been changed since.</exception>
    public static SigningKey Open(SigningKeyRow row, SigningKeyCipher cipher)
    {
        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(row.X), Y = Base64Url.DecodeFromChars(row.Y) },
            D = cipher.Decrypt(row.PrivateKey, row.Kid),
        };
        return new SigningKey(row, ECDsa.Create(parameters));
    }

    // RFC 7638: the required members of the key in alphabetical order, without white space.
    private static string Thumbprint(string x, string y) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
}
