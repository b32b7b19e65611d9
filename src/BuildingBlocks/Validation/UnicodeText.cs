namespace Kumiko.BuildingBlocks.Validation;

/// <summary>The length of a text as the API counts it.</summary>
public static class ScalarValues
{
    /// <summary>How many Unicode scalar values a text has: an emoji of one code point is one, not two UTF-16 halves.</summary>
    public static int Count(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
