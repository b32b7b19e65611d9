using Kumiko.BuildingBlocks.Text;
using Zxcvbn.Matcher;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// The words that are guessed first: the lists of zxcvbn. A word stands only in the list where it is most frequent, so that all of
/// them together are the list of common passwords. Loaded at the first question; safe to ask from many threads.
/// </summary>
internal static class CommonPasswords
{
    // The longest entry has 23. Past it no password is one of them, and the matcher, whose work grows with the square of the length, is not
    // asked.
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
    public static bool Contain(string password)
    {
        var word = Nfkc.Compose(password).ToLowerInvariant();
        return word.Length <= MaxWord
            && Array.Exists(Lists, list => list.MatchPassword(word).Any(match => match.Token.Length == word.Length));
    }
}
