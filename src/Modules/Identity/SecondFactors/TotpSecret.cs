using Kumiko.BuildingBlocks.Text;
using OtpNet;

namespace Kumiko.Identity.SecondFactors;

/// <summary>
/// What an authenticator app and this module share: with the time it makes a code of six digits (TOTP, RFC 6238). The parameters are those
/// that every app knows: SHA-1, six digits, steps of 30 s.
/// </summary>
/// <param name="Bytes">The secret.</param>
internal sealed record TotpSecret(byte[] Bytes)
{
    /// <summary>The name of the product in the app's list.</summary>
    public const string Issuer = "Kumiko";

    // As long as SHA-1's output (RFC 4226, 4 requires 128 bits and recommends 160).
    private const int Length = 20;

    // One step before and after: for clocks that differ, and for a code that was typed slowly (RFC 6238, 5.2).
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>The secret as people type it into an app.</summary>
    public string Text => Base32Encoding.ToString(Bytes);

    /// <summary>A new secret.</summary>
    public static TotpSecret Create() => new(KeyGeneration.GenerateRandomKey(Length));

    /// <summary>The six digits that somebody entered, in any spelling; null if it is something else.</summary>
    public static string? Digits(string code)
    {
        var digits = Nfkc.Compose(code).Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 6 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    /// <summary>The address that an app reads from the QR code.</summary>
    public string Uri(string account) => new OtpUri(OtpType.Totp, Text, account, Issuer).ToString();

    /// <summary>The step that the code belongs to; null if it is none of the present ones.</summary>
    public long? FindStep(string digits, DateTimeOffset now) =>
        new Totp(Bytes).VerifyTotp(now.UtcDateTime, digits, out var step, Window) ? step : null;
}
