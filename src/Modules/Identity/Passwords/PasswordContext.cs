using System.Text;
using Kumiko.BuildingBlocks.Text;
using Kumiko.Identity.Naming;

namespace Kumiko.Identity.Passwords;

/// <summary>
/// Words that an attacker who knows the account would try first (OWASP ASVS 5.0, 6.1.2 and 6.2.11): its name, its address and the name of
/// the product.
/// </summary>
internal static class PasswordContext
{
    public const string Refusal = "This password is too much like the name, the e-mail address or the name of this site. Choose another.";

    private const string Product = "kumiko";
    private const int MinWord = 3;

    // With fewer letters of its own, the rest beside such a word is only a year or an ending.
    private const int MinOwnLetters = 4;

    /// <summary>
    /// Whether the password has few letters beside those words, written forwards, backwards or with digits and signs for letters.
    /// </summary>
    public static bool IsTooSimilar(string password, string? email, string? username)
    {
        var words = Words(email, username).ToHashSet();
        words.UnionWith(words.Select(Reverse).ToList());
        var ordered = words.OrderByDescending(word => word.Length).ToList();
        var folded = Fold(password);
        return HasFewOtherLetters(folded, ordered) || HasFewOtherLetters(ReplaceSigns(folded), [.. ordered.Select(ReplaceSigns)]);
    }

    private static bool HasFewOtherLetters(string password, List<string> words)
    {
        var rest = words.Aggregate(password, (left, word) => left.Replace(word, " ", StringComparison.Ordinal));
        return rest != password && rest.EnumerateRunes().Count(Rune.IsLetter) < MinOwnLetters;
    }

    private static IEnumerable<string> Words(string? email, string? username)
    {
        // A text longer than an address may be is rejected elsewhere and not worth folding.
        string[] sources =
        [
            Product,
            .. new[] { username, email }.Where(source => source?.Length <= EmailAddresses.MaxLength).Select(source => Fold(source!)),
        ];
        // A name of several words counts as a whole and word by word.
        return sources.SelectMany(source => source.Split(['@', '.', '_', '-', '+']).Append(source)).Where(word => word.Length >= MinWord);
    }

    private static string Fold(string text) => CaseFolding.Fold(Nfkc.Compose(text));

    private static string Reverse(string word) => string.Concat(word.EnumerateRunes().Reverse());

    private static string ReplaceSigns(string text) =>
        string.Concat(
            text.Select(character =>
                character switch
                {
                    '0' => 'o',
                    '1' or '!' or '|' => 'i',
                    '3' => 'e',
                    '4' or '@' => 'a',
                    '5' or '$' => 's',
                    '7' => 't',
                    _ => character,
                }
            )
        );
}
