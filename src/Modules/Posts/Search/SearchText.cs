using System.Globalization;
using System.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// Full-text search without knowing the language: a term matches wherever it stands, inside a word too, since Japanese has no spaces. Both
/// databases index pairs of neighbouring characters, MySQL by its n-gram parser, SQLite by tokens made here, and both see the same text:
/// compatibility forms, letter case and the two kana are folded, and whatever is no letter, digit or symbol only separates.
/// </summary>
internal static class SearchText
{
    // Ends each run of characters, so that its last one begins a pair too and can be found alone. A half-width kana is a letter to both databases
    // and never comes from a post, since folding widens it.
    private const string End = "\uFF71";
    // MySQL refuses a phrase of more than 128 tokens (MAX_PROXIMITY_ITEM in its source).
    private const int LongestPhrase = 100;
    private const int KatakanaToHiragana = 'ァ' - 'ぁ';

    /// <summary>The text that MySQL's n-gram parser indexes.</summary>
    public static string ForMySql(string content) => string.Concat(Runs(content).Select(run => string.Concat(run.Select(MySqlLetters)) + End + " "));

    /// <summary>The tokens that SQLite's FTS5 indexes.</summary>
    public static string ForSqlite(string content) => string.Join(' ', Runs(content).SelectMany(run => Pairs([.. run, End])));

    /// <summary>The boolean-mode text for MySQL's <c>against</c>; null if there is nothing to search for.</summary>
    public static string? MySqlMatch(string query) => Join(query, term =>
    {
        var letters = string.Concat(term.Select(MySqlLetters));
        return letters.Length == 1 ? $"+{letters}*" : string.Join(' ', Phrases(letters));
    });

    /// <summary>The text for FTS5's <c>match</c>; null if there is nothing to search for.</summary>
    public static string? SqliteMatch(string query) => Join(query, term => term.Count == 1 ? $"\"{term[0]}\"*" : $"\"{string.Join(' ', Pairs(term))}\"");

    /// <summary>
    /// MySQL's parser of search texts takes letters and digits of the Basic Multilingual Plane for words and all else, '𠮷' and emoji among them, for
    /// gaps between words. So those are spelt in half-width kana, which folding leaves in no post and which have no case: one that starts, then four others.
    /// </summary>
    private static string MySqlLetters(string character)
    {
        var rune = Rune.GetRuneAt(character, 0);
        if (rune.IsBmp && Rune.IsLetterOrDigit(rune))
            return character;

        return string.Create(5, rune.Value, static (letters, value) =>
        {
            letters[0] = (char)('ﾃ' + (value >> 16));
            for (var i = 1; i < letters.Length; i++)
                letters[i] = (char)('ｲ' + ((value >> (4 * (4 - i))) & 0xF));
        });
    }

    // Pieces that overlap by a letter, so that each pair stands in one of them.
    private static IEnumerable<string> Phrases(string letters)
    {
        for (var start = 0; start < letters.Length - 1; start += LongestPhrase - 1)
            yield return $"+\"{letters.AsSpan(start, Math.Min(LongestPhrase, letters.Length - start))}\"";
    }

    // A term holds letters, digits and symbols beyond ASCII only, so none of it can be an operator.
    private static string? Join(string query, Func<IReadOnlyList<string>, string> write)
    {
        var terms = Runs(query).Select(write).Distinct().ToList();
        return terms.Count == 0 ? null : string.Join(' ', terms);
    }

    private static IEnumerable<string> Pairs(IReadOnlyList<string> run)
    {
        for (var i = 1; i < run.Count; i++)
            yield return run[i - 1] + run[i];
    }

    private static IEnumerable<IReadOnlyList<string>> Runs(string text)
    {
        var run = new List<string>();
        // Normalize takes this one noncharacter for a wrong byte order and throws.
        foreach (var rune in text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            // Joins two emoji into one; the parts are found without it.
            if (rune.Value == 0x200D)
                continue;

            if (IsSearchable(rune))
            {
                run.Add(Fold(rune));
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
            yield return run;
    }

    private static bool IsSearchable(Rune rune)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune);

        return Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol;
    }

    private static string Fold(Rune rune) =>
        (rune.Value is >= 'ァ' and <= 'ヶ' ? new Rune(rune.Value - KatakanaToHiragana) : rune).ToString();
}
