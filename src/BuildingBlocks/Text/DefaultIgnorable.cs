using System.Text;

namespace Kumiko.BuildingBlocks.Text;

/// <summary>
/// The characters that are invisible where they are not specially supported: Default_Ignorable_Code_Point of the Unicode Character Database
/// 17.0.0 (DerivedCoreProperties.txt). They include soft hyphens, joiners, direction marks, variation selectors and the Hangul fillers.
/// </summary>
public static class DefaultIgnorable
{
    /// <summary>Whether a character is one of these.</summary>
    public static bool Contains(Rune rune) =>
        rune.Value
            is 0x00AD
                or 0x034F
                or 0x061C
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or (>= 0x200B and <= 0x200F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFEFF
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0x1BCA0 and <= 0x1BCA3)
                or (>= 0x1D173 and <= 0x1D17A)
                or (>= 0xE0000 and <= 0xE0FFF);

    /// <summary>The text without these characters.</summary>
    public static string Remove(string text)
    {
        if (Ascii.IsValid(text) || !text.EnumerateRunes().Any(Contains))
            return text;

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Contains(rune))
                visible.Append(rune);
        }

        return visible.ToString();
    }
}
