using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.SecondFactors;
using Xunit;

namespace Kumiko.Identity.Tests.SecondFactors;

public sealed class TotpSecretTests
{
    // RFC 6238, appendix B, with the last six of its eight digits.
    private static readonly TotpSecret Published = new(Encoding.ASCII.GetBytes("12345678901234567890"));

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) =>
        Assert.Equal(seconds / 30, Published.FindStep(code, DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Theory]
    [InlineData(-60, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    public void A_clock_may_differ_by_one_step(int seconds, bool isAccepted) =>
        Assert.Equal(isAccepted, Published.FindStep("081804", DateTimeOffset.FromUnixTimeSeconds(1111111109 + seconds)) is not null);

    [Theory]
    [InlineData("081804", "081804")]
    [InlineData(" 081 804 ", "081804")]
    [InlineData("０８１８０４", "081804")]
    [InlineData("0818040", null)]
    [InlineData("08180", null)]
    [InlineData("08180x", null)]
    [InlineData("٠٨١٨٠٤", null)]
    [InlineData("", null)]
    public void Digits_are_read_however_they_are_typed(string entered, string? digits) => Assert.Equal(digits, TotpSecret.Digits(entered));

    [Fact]
    public void A_secret_has_160_random_bits_and_an_address_that_apps_read()
    {
        var secret = TotpSecret.Create();
        Assert.Equal(20, secret.Bytes.Length);
        Assert.NotEqual(secret.Text, TotpSecret.Create().Text);
        Assert.Equal(
            $"otpauth://totp/Kumiko:hanako%2B1%40example.com?secret={secret.Text}&issuer=Kumiko&algorithm=SHA1&digits=6&period=30",
            secret.Uri("hanako+1@example.com")
        );
        Assert.StartsWith("data:image/svg+xml;base64,", QrPicture.DataUri(secret.Uri("hanako+1@example.com")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_secret_opens_for_its_user_and_with_its_key_alone()
    {
        var (key, secret) = (new SecretKey(RandomNumberGenerator.GetBytes(32)), TotpSecret.Create());
        var sealedSecret = new TotpCipher(key).Encrypt(secret, 7);

        Assert.Equal(-1, sealedSecret.AsSpan().IndexOf(secret.Bytes));
        Assert.Equal(secret.Bytes, new TotpCipher(key).Decrypt(sealedSecret, 7).Bytes);
        Assert.ThrowsAny<CryptographicException>(() => new TotpCipher(key).Decrypt(sealedSecret, 8));
        var other = new SecretKey(RandomNumberGenerator.GetBytes(32));
        Assert.ThrowsAny<CryptographicException>(() => new TotpCipher(other).Decrypt(sealedSecret, 7));
    }
}
