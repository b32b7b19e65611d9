using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Naming;

/// <summary>Maps characters to what they look like, by Unicode's own table (UTS #39, section 4).</summary>
internal static class Confusables
{
    private static readonly Dictionary<int, string> Prototypes = UnicodeExcerpt
        .Read("Confusables.txt")
        .ToDictionary(
            entry => entry.First,
            entry => string.Concat(entry.Value.Split(' ').Select(code => new Rune(UnicodeExcerpt.Code(code))))
        );

    /// <summary>The text's skeleton, for comparison only: texts that look alike have the same skeleton.</summary>
    public static string Skeleton(string text)
    {
        var skeleton = new StringBuilder(text.Length);
        foreach (var rune in Nfkc.Decompose(text).EnumerateRunes())
        {
            if (DefaultIgnorable.Contains(rune))
                continue;
            if (Prototypes.TryGetValue(rune.Value, out var prototype))
                skeleton.Append(prototype);
            else
                skeleton.Append(rune);
        }

        return Nfkc.Decompose(skeleton.ToString());
    }
}
