using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// Folds texts for comparison: only letters, digits, marks and symbols remain, with compatibility forms, letter case and the two kana
/// folded. All other characters only separate, and invisible ones are ignored.
/// </summary>
internal static class SearchText
{
    private const char Separator = ' ';
    private const int KatakanaToHiragana = 'ァ' - 'ぁ';

    // Three for each character that a post may have, so that letters with their marks always fit. A longer text consists of forms that
    // stand for whole phrases, of up to 18 characters each, and checking such a post would cost that many times as much.
    private const int MaxPost = 30_000;

    // In the table: a character whose folding depends on its neighbours, or is longer than one character.
    private const char Involved = '\0';

    // Most posts contain only characters that fold one by one, and a search may have to fold hundreds of posts.
    private static readonly char[] Foldings = [.. Enumerable.Range(0, 0x10000).Select(code => FoldAlone((char)code))];

    /// <summary>The folded text: its runs of characters that count, separated by spaces.</summary>
    public static string Fold(string text) => FoldQuickly(text) ?? FoldThoroughly(text);

    /// <summary>The searchable part of a post, folded: all of it, unless folding makes the text far longer.</summary>
    public static string OfPost(string content) => FoldQuickly(content) ?? FoldThoroughly(Cut(content));

    /// <summary>The runs of a folded text.</summary>
    public static string[] Runs(string folded) => folded.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// The words that a person sees in a query, each as its folded runs: parts separated by white space, except those of punctuation only.
    /// </summary>
    public static string[][] Words(string query) =>
        [
            .. query
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => Runs(Fold(word)))
                .Where(runs => runs.Length > 0),
        ];

    /// <summary>Whether a query has no visible characters and counts as missing.</summary>
    public static bool IsBlank([NotNullWhen(false)] string? query) =>
        query is null || string.IsNullOrWhiteSpace(DefaultIgnorable.Remove(query));

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
        // Removed first, so that the characters on both sides become neighbours.
        var composed = Nfkc.Compose(DefaultIgnorable.Remove(text));
        // İ folds to 'i' with a dot above. The dot is removed, so that Turkish spellings and those without the dot match.
        var normalized = CaseFolding.Fold(composed).Replace("i\u0307", "i", StringComparison.Ordinal);
        // Most scripts have one case, and the next step would change nothing.
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
