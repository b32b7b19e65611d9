using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// What a search compares: texts of which only letters, digits, marks and symbols are left, with compatibility forms, letter case and the
/// two kana
/// folded. All else only separates, and what cannot be seen does not count at all.
/// </summary>
internal static class SearchText
{
    private const char Separator = ' ';
    private const int KatakanaToHiragana = 'ァ' - 'ぁ';

    // Three for each character that a post may have, so that letters with their marks always fit: what does not is made of forms that stand
    // for whole phrases, of up to 18 characters each, and would make a post that many times as dear to look at.
    private const int MaxPost = 30_000;

    // Stands in the table for a character whose folding depends on its neighbours, or is more than one character.
    private const char Involved = '\0';

    // Most posts hold nothing but characters that fold one by one, and a search may have to fold hundreds of posts.
    private static readonly char[] Foldings = [.. Enumerable.Range(0, 0x10000).Select(code => FoldAlone((char)code))];

    /// <summary>The folded text: its runs of characters that count, each but the last with a space behind it.</summary>
    public static string Fold(string text) => FoldQuickly(text) ?? FoldThoroughly(text);

    /// <summary>What of a post can be found, folded: all of it, but for a text that becomes far longer once it is folded.</summary>
    public static string OfPost(string content) => FoldQuickly(content) ?? FoldThoroughly(Cut(content));

    /// <summary>The runs of a folded text.</summary>
    public static string[] Runs(string folded) => folded.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>How many words a person sees in a query: what white space separates, unless it is nothing but punctuation.</summary>
    public static int Words(string query) =>
        query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => Runs(Fold(word)).Length > 0);

    /// <summary>Whether there is nothing to see in a query, so that it is as good as none.</summary>
    public static bool IsBlank(string? query) => query is null || string.IsNullOrWhiteSpace(DefaultIgnorable.Remove(query));

    private static string? FoldQuickly(string text)
    {
        foreach (var character in text)
        {
            if (Foldings[character] == Involved)
                return null;
        }

        return string.Create(
            text.Length,
            text,
            static (folded, text) =>
            {
                for (var i = 0; i < folded.Length; i++)
                    folded[i] = Foldings[text[i]];
            }
        );
    }

    private static string FoldThoroughly(string text) => Separate(Normalize(text));

    private static string Cut(string content)
    {
        var (length, end) = (0, 0);
        foreach (var rune in content.EnumerateRunes())
        {
            length += Nfkc.Length(rune);
            if (length > MaxPost)
                return content[..end];
            end += rune.Utf16SequenceLength;
        }

        return content;
    }

    private static string Normalize(string text)
    {
        // Dropped first, so that what stood on both sides comes together.
        var composed = Nfkc.Compose(DefaultIgnorable.Remove(text));
        // The dot of İ, which is 'i' and a mark once folded: people who write Turkish and people who do not are to find each other.
        var normalized = CaseFolding.Fold(composed).Replace("i\u0307", "i", StringComparison.Ordinal);
        // Most scripts have one case, and what follows would find nothing to do.
        if (normalized == composed)
            return composed;
        // Folding takes some letters apart and makes others that have a compatibility form (the Unicode Standard, 3.13, D147).
        return Nfkc.Compose(CaseFolding.Fold(Nfkc.Compose(normalized)));
    }

    private static string Separate(string normalized)
    {
        var folded = new StringBuilder(normalized.Length);
        foreach (var rune in normalized.EnumerateRunes())
        {
            if (!Counts(rune))
                folded.Append(Separator);
            else
                folded.Append(FoldKana(rune));
        }

        return folded.ToString();
    }

    private static char FoldAlone(char character)
    {
        if (!Rune.TryCreate(character, out var rune) || !Nfkc.IsInert(rune) || DefaultIgnorable.Contains(rune))
            return Involved;

        var folded = FoldThoroughly(character.ToString());
        return folded.Length == 1 && Nfkc.IsInert(new Rune(folded[0])) ? folded[0] : Involved;
    }

    private static bool Counts(Rune rune)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune);

        return Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.EnclosingMark
                    or UnicodeCategory.LetterNumber
                    or UnicodeCategory.OtherNumber
                    or UnicodeCategory.OtherSymbol
                    or UnicodeCategory.ModifierSymbol
                    or UnicodeCategory.CurrencySymbol
                    or UnicodeCategory.MathSymbol;
    }

    private static Rune FoldKana(Rune rune) => rune.Value is >= 'ァ' and <= 'ヶ' ? new Rune(rune.Value - KatakanaToHiragana) : rune;
}
