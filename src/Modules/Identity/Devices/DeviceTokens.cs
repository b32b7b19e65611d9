using System.Buffers.Text;
using System.Security.Cryptography;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Devices;

/// <summary>
/// Makes and recognizes the tokens in <see cref="DeviceCookie"/>: random bytes and their signature, so that limits can tell a browser in
/// which somebody signed in from a client that invents a token, without asking the database.
/// </summary>
internal sealed class DeviceTokens(HashKey hashKey)
{
    private const int RandomBytes = 16;
    private const int SignatureBytes = 16;

    /// <summary>A new token: 32 bytes in base64url.</summary>
    public string Issue()
    {
        Span<byte> token = stackalloc byte[RandomBytes + SignatureBytes];
        RandomNumberGenerator.Fill(token[..RandomBytes]);
        Sign(token[..RandomBytes], token[RandomBytes..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Whether this installation issued the token.</summary>
    public bool IsGenuine(string token)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes + SignatureBytes];
        if (!Base64Url.IsValid(token, out var length) || length != bytes.Length)
            return false;

        Base64Url.DecodeFromChars(token, bytes);
        Span<byte> signature = stackalloc byte[SignatureBytes];
        Sign(bytes[..RandomBytes], signature);
        return CryptographicOperations.FixedTimeEquals(signature, bytes[RandomBytes..]);
    }

    private void Sign(ReadOnlySpan<byte> random, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(hashKey.For("identity.device-tokens"), random, hash);
        hash[..SignatureBytes].CopyTo(signature);
    }
}
