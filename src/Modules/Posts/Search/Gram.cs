using System.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// What the index lists posts by, as one number: a character, two neighbouring characters, or an author. A post that contains a term has
/// every gram of the term; whether they stand together is checked in the post itself.
/// </summary>
internal static class Gram
{
    private const int BitsOfRune = 21;

    /// <summary>The posts of one author.</summary>
    public static long Author(long userId) => -userId;

    /// <summary>All grams of a post.</summary>
    /// <param name="folded">Its folded text.</param>
    /// <param name="userId">Its author.</param>
    public static HashSet<long> OfPost(string folded, long userId)
    {
        var grams = new HashSet<long> { Author(userId) };
        Rune? before = null;
        foreach (var rune in folded.EnumerateRunes())
        {
            if (rune.Value == ' ')
            {
                before = null;
                continue;
            }

            grams.Add(rune.Value);
            if (before is { } first)
                grams.Add(Pair(first, rune));
            before = rune;
        }

        return grams;
    }

    /// <summary>The grams that a post must have to contain a term: its pairs, which make its single characters redundant.</summary>
    public static IEnumerable<long> OfTerm(string term)
    {
        var runes = term.EnumerateRunes().ToList();
        return runes.Count == 1 ? [runes[0].Value] : runes.Zip(runes.Skip(1), Pair);
    }

    // A pair never equals a single character, since a character has at most 21 bits.
    private static long Pair(Rune first, Rune second) => ((first.Value + 1L) << BitsOfRune) | (uint)second.Value;
}
