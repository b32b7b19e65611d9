using System.Text;

namespace Kumiko.BuildingBlocks.Validation;

/// <summary>What the API takes for the length of a text, and for the same text.</summary>
public static class UnicodeText
{
    private const char Noncharacter = '\uFFFE';

    /// <summary>How many Unicode scalar values a text has: an emoji of one code point is one, not two UTF-16 halves.</summary>
    public static int Length(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    /// <summary>The text in NFKC, so that one text typed on two keyboards is the same.</summary>
    public static string Compose(string text) =>
        // String.Normalize takes this one noncharacter for a wrong byte order and throws. It composes with nothing, so the parts are composed.
        text.Contains(Noncharacter)
            ? string.Join(Noncharacter, text.Split(Noncharacter).Select(part => part.Normalize(NormalizationForm.FormKC)))
            : text.Normalize(NormalizationForm.FormKC);
}
