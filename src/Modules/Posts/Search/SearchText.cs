using System.Globalization;
using System.Text;
using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Posts.Search;

/// <summary>
/// Full-text search without knowing the language: a term matches wherever it stands, inside a word too, since Japanese has no spaces. Both
/// databases index pairs of neighbouring characters, MySQL by its n-gram parser, SQLite by tokens made here, and both see the same text:
/// compatibility forms, letter case and the two kana are folded, and whatever is no letter, digit or symbol only separates, so that no operator of either
/// search language is left in a term.
/// </summary>
internal static class SearchText
{
    // Ends each run of characters, so that its last one begins a pair too and can be found alone. A half-width kana is a letter to both databases
    // and never comes from a post, since folding widens it.
    private const string End = "\uFF71";

    // More pairs would hardly narrow it down further, and the whole term is looked for afterwards.
    private const int MostPairs = 40;
    private const int KatakanaToHiragana = 'ァ' - 'ぁ';

    /// <summary>What a database indexes of a post: SQLite's FTS5 tokens that are ready-made, MySQL's n-gram parser a text that it cuts up itself.</summary>
    public static string ForIndex(DatabaseProvider provider, string content) => provider == DatabaseProvider.Sqlite
        ? string.Join(' ', Runs(content).SelectMany(run => Pairs([.. run, End])))
        : string.Concat(Runs(content).Select(run => string.Concat(run.Select(MySqlLetters)) + End + " "));

    /// <summary>What MySQL is asked for; null if there is nothing to search for.</summary>
    public static MySqlSearch? ForMySqlSearch(string query)
    {
        var terms = Runs(query).Select(run => string.Concat(run.Select(MySqlLetters))).Distinct().ToList();
        return terms.Count == 0
            ? null
            : new MySqlSearch(
                string.Join(' ', terms.SelectMany(Required).Distinct()),
                JsonSerializer.Serialize(terms));
    }

    /// <summary>The text for FTS5's <c>match</c>; null if there is nothing to search for.</summary>
    public static string? SqliteMatch(string query)
    {
        var terms = Runs(query).Select(term => term.Count == 1 ? $"\"{term[0]}\"*" : $"\"{string.Join(' ', Pairs(term))}\"").Distinct().ToList();
        return terms.Count == 0 ? null : string.Join(' ', terms);
    }

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

    private static IEnumerable<string> Required(string term) => term.Length == 1
        ? [$"+{term}*"]
        : Enumerable.Range(0, Math.Min(term.Length - 1, MostPairs)).Select(start => $"+{term.AsSpan(start, 2)}");

    private static IEnumerable<string> Pairs(IReadOnlyList<string> run)
    {
        for (var i = 1; i < run.Count; i++)
            yield return run[i - 1] + run[i];
    }

    private static IEnumerable<IReadOnlyList<string>> Runs(string text)
    {
        var run = new List<string>();
        foreach (var rune in Nfkc.Compose(text).ToLowerInvariant().EnumerateRunes())
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
