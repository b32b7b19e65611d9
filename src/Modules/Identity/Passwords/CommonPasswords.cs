using Kumiko.BuildingBlocks.Text;
using Zxcvbn.Matcher;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The words that attackers guess first: the lists of zxcvbn. Each word is only in the list where it is most frequent, so that all lists
/// together are the list of common passwords. Loaded on first use; thread-safe.
/// </summary>
internal static class CommonPasswords
{
    // The longest entry has 23 characters. A longer password cannot match, so the matcher is skipped: its work grows with the square of the
    // length.
    private const int MaxWord = 23;

    private static readonly DictionaryMatcher[] Lists =
    [
        new("passwords", "passwords.lst"),
        new("english", "english.lst"),
        new("us_tv_and_film", "us_tv_and_film.lst"),
        new("surnames", "surnames.lst"),
        new("female_names", "female_names.lst"),
        new("male_names", "male_names.lst"),
    ];

    /// <summary>Whether the whole password is one common word, in any case.</summary>
    public static bool Contains(string password)
    {
        var word = Nfkc.Compose(password).ToLowerInvariant();
        return word.Length <= MaxWord
            && Array.Exists(Lists, list => list.MatchPassword(word).Any(match => match.Token.Length == word.Length));
    }
}
