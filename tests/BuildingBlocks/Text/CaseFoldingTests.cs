using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;
using Xunit;

namespace Kumiko.BuildingBlocks.Tests.Text;

public sealed class CaseFoldingTests
{
    [Theory]
    [InlineData("ΔΡΌΜΟΣ", "δρόμοσ")]
    [InlineData("δρόμος", "δρόμοσ")]
    [InlineData("STRASSE", "strasse")]
    [InlineData("Straße ẞ", "strasse ss")]
    [InlineData("ﬃ", "ffi")]
    [InlineData("İ", "i\u0307")]
    [InlineData("Ꭰꭰ", "ᎠᎠ")]
    [InlineData("ᾼ", "αι")]
    [InlineData("𐐀", "𐐨")]
    [InlineData("日本", "日本")]
    [InlineData("", "")]
    public void Folding_gives_one_case(string text, string folded) => Assert.Equal(folded, CaseFolding.Fold(text));

    [Fact]
    public void Letters_of_either_case_fold_alike_and_folding_twice_changes_nothing()
    {
        for (var code = 0; code < 0x110000; code++)
        {
            if (!Rune.TryCreate(code, out var rune))
                continue;

            var folded = CaseFolding.Fold(rune.ToString());
            Assert.Equal(folded, CaseFolding.Fold(folded));
            // The dotless ı shares its capital with i, but Unicode folds it separately from both.
            if (code == 0x131)
                continue;
            Assert.Equal(folded, CaseFolding.Fold(Rune.ToUpperInvariant(rune).ToString()));
            if (code != 0x130)
                Assert.Equal(folded, CaseFolding.Fold(Rune.ToLowerInvariant(rune).ToString()));
        }
    }

    [Fact]
    public void Only_invisible_characters_are_removed()
    {
        Assert.Equal("coffee ❤👩👧👍🏽", DefaultIgnorable.Remove("cof\u00ADf\u200Bee ❤\uFE0F👩\u200D👧👍🏽\U000E0067\u2060"));
        for (var code = 0; code < 0x110000; code++)
        {
            // White space, and format characters with a visible shape: prepended marks, interlinear annotation, Egyptian hieroglyphs (UAX
            // #44, Default_Ignorable_Code_Point).
            if (Rune.TryCreate(code, out var rune) && Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            {
                var hasShape =
                    code
                    is (>= 0x600 and <= 0x605)
                        or 0x6DD
                        or 0x70F
                        or 0x890
                        or 0x891
                        or 0x8E2
                        or (>= 0xFFF9 and <= 0xFFFB)
                        or 0x110BD
                        or 0x110CD
                        or (>= 0x13430 and <= 0x1343F);
                Assert.Equal(!hasShape, DefaultIgnorable.Contains(rune));
            }
        }
    }
}
