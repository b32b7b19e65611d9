using System.Text;

namespace Kumiko.Identity.Naming;

/// <summary>Finds the scripts that a text is written in (UTS #39, section 5.1).</summary>
internal static class Scripts
{
    private static readonly (int First, int Last, HashSet<string>? Scripts)[] Ranges =
    [
        .. UnicodeExcerpt.Read("Scripts.txt").Select(entry => (entry.First, entry.Last, Augment(entry.Value.Split(' ')))),
    ];

    /// <summary>Whether the table contains every character: look-alikes of newer characters are unknown.</summary>
    public static bool AreKnown(string text) => text.EnumerateRunes().All(rune => Find(rune) >= 0);

    /// <summary>
    /// Whether one script, or one writing system of several scripts (Japanese, Korean, Chinese with Bopomofo), contains all the characters.
    /// Digits, signs and most marks belong to all scripts.
    /// </summary>
    public static bool IsSingleScript(string text)
    {
        HashSet<string>? common = null;
        foreach (var rune in text.EnumerateRunes())
        {
            var found = Find(rune);
            if (found < 0)
                return false;
            if (Ranges[found].Scripts is not { } scripts)
                continue;

            if (common is null)
                common = [.. scripts];
            else
                common.IntersectWith(scripts);
        }

        return common is not { Count: 0 };
    }

    private static int Find(Rune rune)
    {
        var (low, high) = (0, Ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune.Value < Ranges[middle].First)
                high = middle - 1;
            else if (rune.Value > Ranges[middle].Last)
                low = middle + 1;
            else
                return middle;
        }

        return -1;
    }

    // UTS #39, section 5.1, table 1a; null stands for all scripts.
    private static HashSet<string>? Augment(string[] scripts)
    {
        HashSet<string> augmented = [.. scripts];
        if (augmented.Contains("Zyyy") || augmented.Contains("Zinh"))
            return null;

        if (augmented.Contains("Hani"))
            augmented.UnionWith(["Hanb", "Jpan", "Kore"]);
        if (augmented.Contains("Hira") || augmented.Contains("Kana"))
            augmented.Add("Jpan");
        if (augmented.Contains("Hang"))
            augmented.Add("Kore");
        if (augmented.Contains("Bopo"))
            augmented.Add("Hanb");
        return augmented;
    }
}
