using System.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// What the index lists posts by, as one number: a character, two neighbouring characters, three letters of an alphabet, or an author. A
/// post that contains a term has every gram of the term; whether they stand together is checked in the post itself.
/// </summary>
internal static class Gram
{
    private const int BitsOfRune = 21;

    // Where the scripts of East Asia begin. They have thousands of characters, so that two narrow a search as well as three letters do.
    private const int FirstEastAsian = 0x2E80;

    /// <summary>The posts of one author.</summary>
    public static long Author(long userId) => -userId;

    /// <summary>All grams of a post.</summary>
    /// <param name="folded">Its folded text.</param>
    /// <param name="userId">Its author.</param>
    public static HashSet<long> OfPost(string folded, long userId)
    {
        var grams = new HashSet<long> { Author(userId) };
        var (first, second) = (default(Rune?), default(Rune?));
        foreach (var rune in folded.EnumerateRunes())
        {
            if (rune.Value == ' ')
            {
                (first, second) = (null, null);
                continue;
            }

            grams.Add(rune.Value);
            if (second is { } before)
            {
                grams.Add(Pair(before, rune));
                if (first is { } start && AreLetters(start, before, rune))
                    grams.Add(Triple(start, before, rune));
            }

            (first, second) = (second, rune);
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
        var isCovered = false;
        for (var i = 1; i < runes.Count; i++)
        {
            var isTriple = i + 1 < runes.Count && AreLetters(runes[i - 1], runes[i], runes[i + 1]);
            if (isTriple)
                grams.Add(Triple(runes[i - 1], runes[i], runes[i + 1]));
            else if (!isCovered)
                grams.Add(Pair(runes[i - 1], runes[i]));
            isCovered = isTriple;
        }

        return grams;
    }

    private static bool AreLetters(Rune first, Rune second, Rune third) =>
        first.Value < FirstEastAsian && second.Value < FirstEastAsian && third.Value < FirstEastAsian;

    // A pair never equals a single character, which has at most 21 bits.
    private static long Pair(Rune first, Rune second) => ((first.Value + 1L) << BitsOfRune) | (uint)second.Value;

    // The first character that counts is a digit, so that a triple has more than 46 bits, and a pair has at most 42.
    private static long Triple(Rune first, Rune second, Rune third) =>
        ((long)first.Value << (2 * BitsOfRune)) | ((long)second.Value << BitsOfRune) | (uint)third.Value;
}
