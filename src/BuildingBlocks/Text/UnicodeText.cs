namespace Kumiko.BuildingBlocks.Text;

/// <summary>Measures the length of a text as the API does.</summary>
public static class UnicodeText
{
    /// <summary>
    /// How many Unicode scalar values a text has: an emoji of one code point counts as one, not as two UTF-16 code units.
    /// </summary>
    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
