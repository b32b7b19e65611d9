using System.Globalization;
using System.Text;
using CsCheck;
using Kumiko.BuildingBlocks.Text;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Text;

public sealed class NfkcTests
{
    private static readonly Gen<Rune> Interesting = Gen.OneOf(
            Gen.Int[0x20, 0x17F],
            Gen.Int[0x300, 0x36F],
            Gen.Int[0x900, 0xDFF],
            Gen.Int[0x1100, 0x11FF],
            Gen.Int[0x3040, 0x33FF],
            Gen.Int[0xAC00, 0xAD00],
            Gen.Int[0xFF00, 0xFFEF],
            Gen.Int[0x1D15E, 0x1D1C0]
        )
        .Select(code => new Rune(code));

    [Theory]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("Ａ１", "A1")]
    [InlineData("e\u0301", "é")]
    [InlineData("㍿", "株式会社")]
    [InlineData("각", "각")]
    [InlineData("a\u0323\u0307", "ạ\u0307")]
    [InlineData("a\u0307\u0323", "ạ\u0307")]
    [InlineData("\uFFFEｱ", "\uFFFEア")]
    [InlineData("日本語", "日本語")]
    [InlineData("", "")]
    public void Normalizing_gives_one_spelling(string text, string composed) => Assert.Equal(composed, Nfkc.Compose(text));

    [Fact]
    public void Every_character_normalizes_as_ICU_does()
    {
        for (var code = 0; code < 0x110000; code++)
        {
            if (Rune.TryCreate(code, out var rune) && code != 0xFFFE && Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned)
                Same(rune.ToString());
        }
    }

    [Fact]
    public void Every_text_normalizes_as_ICU_does() =>
        Interesting.Array[1, 12].Select(runes => string.Concat(runes)).Sample(Same, iter: 100_000);

    private static void Same(string text)
    {
        Same(text, text.Normalize(NormalizationForm.FormKC), Nfkc.Compose(text));
        Same(text, text.Normalize(NormalizationForm.FormD), Nfkc.Decompose(text));
    }

    private static void Same(string text, string expected, string actual)
    {
        if (actual != expected)
            Assert.Fail($"{Codes(text)} became {Codes(actual)}, not {Codes(expected)}.");
    }

    private static string Codes(string text) =>
        string.Join(' ', text.EnumerateRunes().Select(rune => rune.Value.ToString("X4", CultureInfo.InvariantCulture)));
}
