using System.Globalization;
using System.Text;

namespace Kumiko.BuildingBlocks.Text;

/// <summary>Distinguishes the characters that a reader can see.</summary>
public static class Visibility
{
    /// <summary>
    /// Whether the character is drawn. White space, controls, format characters, and letters and symbols with an empty glyph are not.
    /// </summary>
    public static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)
        && !DefaultIgnorable.Contains(rune)
        && !IsBlank(rune);

    // No property marks these as blank, only their names do: BRAILLE PATTERN BLANK, EGYPTIAN HIEROGLYPH FULL BLANK and HALF BLANK,
    // KHITAN SMALL SCRIPT FILLER, MUSICAL SYMBOL NULL NOTEHEAD.
    private static bool IsBlank(Rune rune) => rune.Value is 0x2800 or 0x13441 or 0x13442 or 0x16FE4 or 0x1D159;
}
