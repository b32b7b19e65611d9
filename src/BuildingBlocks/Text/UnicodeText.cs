namespace Kumiko.BuildingBlocks.Text;

/// <summary>What the API takes for the length of a text.</summary>
public static class UnicodeText
{
    /// <summary>How many Unicode scalar values a text has: an emoji of one code point is one, not two UTF-16 halves.</summary>
    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
