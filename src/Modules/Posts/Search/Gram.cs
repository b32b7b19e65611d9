using System.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// What the index lists posts by, as one number: a character, two neighbouring characters, three neighbouring letters of an alphabet, or
/// an author. A post that contains a term has every gram of the term; whether they stand together is checked in the post itself.
/// </summary>
internal static class Gram
{
    private const int BitsOfRune = 21;

    // Where the East Asian scripts begin. They have thousands of characters, so two narrow a search as well as three letters do.
    private const int FirstEastAsian = 0x2E80;

    /// <summary>The posts of one author.</summary>
    public static long Author(long userId) => -userId;

    /// <summary>All grams of a post.</summary>
    /// <param name="folded">Its folded text.</param>
    /// <param name="userId">Its author.</param>
    public static HashSet<long> OfPost(string folded, long userId)
    {
        var grams = new HashSet<long> { Author(userId) };
        Rune? secondLast = null;
        Rune? last = null;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (rune.Value == ' ')
            {
                (secondLast, last) = (null, null);
                continue;
            }

            grams.Add(rune.Value);
            if (last is { } previous)
            {
                grams.Add(Pair(previous, rune));
                if (secondLast is { } first && AreLetters(first, previous, rune))
                    grams.Add(Triple(first, previous, rune));
            }

            (secondLast, last) = (last, rune);
        }

        return grams;
    }

    /// <summary>
    /// The grams that a post must have to contain a term: the longest that there are, which make those within them redundant.
    /// </summary>
    public static IEnumerable<long> OfTerm(string term)
    {
        var runes = term.EnumerateRunes().ToList();
        if (runes.Count == 1)
            return [runes[0].Value];

        var grams = new List<long>();
        // A pair within the triple before it adds nothing.
        var isInTriple = false;
        for (var i = 1; i < runes.Count; i++)
        {
            var isTriple = i + 1 < runes.Count && AreLetters(runes[i - 1], runes[i], runes[i + 1]);
            if (isTriple)
                grams.Add(Triple(runes[i - 1], runes[i], runes[i + 1]));
            else if (!isInTriple)
                grams.Add(Pair(runes[i - 1], runes[i]));
            isInTriple = isTriple;
        }

        return grams;
    }

    private static bool AreLetters(Rune first, Rune second, Rune third) =>
        first.Value < FirstEastAsian && second.Value < FirstEastAsian && third.Value < FirstEastAsian;

    // A pair never equals a single character, which has at most 21 bits.
    private static long Pair(Rune first, Rune second) => ((first.Value + 1L) << BitsOfRune) | (uint)second.Value;

    // The smallest character that counts is 0 (U+0030), so a triple has at least 48 bits; a pair has at most 42.
    private static long Triple(Rune first, Rune second, Rune third) =>
        ((long)first.Value << (2 * BitsOfRune)) | ((long)second.Value << BitsOfRune) | (uint)third.Value;
}
