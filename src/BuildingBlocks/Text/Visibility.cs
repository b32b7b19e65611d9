using System.Globalization;
using System.Text;

namespace Kumiko.BuildingBlocks.Text;

/// <summary>Which characters a reader can see.</summary>
public static class Visibility
{
    // Default_Ignorable_Code_Point of the Unicode Character Database 15.0.0 (DerivedCoreProperties.txt).
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
        (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    ];

    /// <summary>Whether a font without a glyph for the character shows nothing in its place: Unicode's property Default_Ignorable_Code_Point.</summary>
    public static bool IsDefaultIgnorable(Rune rune)
    {
        foreach (var (first, last) in Ignorable)
        {
            if (rune.Value <= last)
                return rune.Value >= first;
        }

        return false;
    }

    /// <summary>Whether the character is drawn: white space, controls, format characters, and letters and symbols whose glyph is empty are not.</summary>
    public static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        && !IsDefaultIgnorable(rune)
        && !IsBlank(rune);

    // No property says so, only the names: BRAILLE PATTERN BLANK, EGYPTIAN HIEROGLYPH FULL BLANK and HALF BLANK, KHITAN SMALL SCRIPT FILLER, MUSICAL SYMBOL NULL NOTEHEAD.
    private static bool IsBlank(Rune rune) => rune.Value is 0x2800 or 0x13441 or 0x13442 or 0x16FE4 or 0x1D159;
}
