using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Privacy;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Privacy;

public sealed class PersonalDataSealTests
{
    private static readonly byte[] Text = "what is held about a person"u8.ToArray();

    [Fact]
    public void A_sealed_text_opens_with_its_key_and_under_its_name_alone()
    {
        var (publicKey, privateKey) = PersonalDataSeal.CreateKeys();
        var sealedText = PersonalDataSeal.Seal(publicKey, "a part", Text);
        Assert.Equal(Text, PersonalDataSeal.Open(privateKey, "a part", sealedText));
        Assert.Equal(-1, sealedText.AsSpan().IndexOf(Text.AsSpan(0, 8)));

        var (_, other) = PersonalDataSeal.CreateKeys();
        Assert.ThrowsAny<CryptographicException>(() => PersonalDataSeal.Open(other, "a part", sealedText));
        Assert.ThrowsAny<CryptographicException>(() => PersonalDataSeal.Open(privateKey, "another part", sealedText));
        Assert.ThrowsAny<CryptographicException>(() => PersonalDataSeal.Open(privateKey, "a part", sealedText.AsSpan(0, 40)));
        for (var at = 0; at < sealedText.Length; at += 7)
        {
            var changed = sealedText.ToArray();
            changed[at] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => PersonalDataSeal.Open(privateKey, "a part", changed));
        }
    }

    [Fact]
    public void Sealing_a_text_twice_gives_different_bytes()
    {
        var (publicKey, _) = PersonalDataSeal.CreateKeys();
        Assert.NotEqual(PersonalDataSeal.Seal(publicKey, "a part", Text), PersonalDataSeal.Seal(publicKey, "a part", Text));
    }
}
