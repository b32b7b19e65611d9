using System.Text;

namespace Kumiko.Demo;

/// <summary>The API's promise for a search: all terms occur, ignoring case, width and kind of kana.</summary>
internal static class SearchText
{
    private const char FirstKatakana = 'ァ';
    private const char LastKatakana = 'ヶ';
    private const int KatakanaToHiragana = 'ァ' - 'ぁ';

    /// <summary>The terms of a query, folded.</summary>
    public static string[] Terms(string query) => Fold(query).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a folded text contains all terms.</summary>
    public static bool Holds(string folded, string[] terms) => terms.All(term => folded.Contains(term, StringComparison.Ordinal));

    /// <summary>Maps texts that the search treats as equal to the same text.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant());
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] is >= FirstKatakana and <= LastKatakana)
                folded[i] = (char)(folded[i] - KatakanaToHiragana);
        }

        return folded.ToString();
    }
}
