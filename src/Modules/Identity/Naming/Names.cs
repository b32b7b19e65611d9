using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Naming;

/// <summary>
/// The rules for user names, and the keys that compare names. The program computes the keys instead of a collation, so that the same two
/// names clash on every database.
/// </summary>
internal static class Names
{
    public const int MinUsername = 3;
    public const int MaxUsername = 32;

    // Two marks above and below a letter do not run into the next line.
    private const int MaxMarks = 2;

    /// <summary>A key that is the same for all spellings of a name: width, composition and case are folded.</summary>
    public static string Key(string name)
    {
        // Down and up again, for capitals whose small letter has another capital or none (ẞ). Changing case can leave marks uncomposed.
        var folded = Nfkc.Compose(name).ToLowerInvariant().ToUpperInvariant();
        return Nfkc.Compose(folded);
    }

    /// <summary>
    /// A key that is the same for names that look alike in any case in which they are shown: "paypaI" with a capital i and "paypal",
    /// "СОСО" in Cyrillic and "coco". Use it beside <see cref="Key"/>, not instead: "Ian" looks like "lan", "ian" does not.
    /// </summary>
    public static string Skeleton(string name)
    {
        var skeleton = Confusables.Skeleton(name);
        while (true)
        {
            // A small letter can look like something that its capital does not look like, so fold and compare until nothing changes.
            var next = Confusables.Skeleton(Nfkc.Compose(skeleton).ToUpperInvariant().ToLowerInvariant());
            if (next == skeleton)
                return skeleton;
            skeleton = next;
        }
    }

    /// <summary>
    /// Allows letters of any script with their combining marks, digits, <c>_</c>, <c>-</c> and <c>.</c>, all of them visible.
    /// </summary>
    public static bool HasUsernameCharacters(string username)
    {
        var afterLetter = false;
        foreach (var rune in username.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (IsMark(category) ? !afterLetter : !IsLetterOrDigit(category) && rune.Value is not ('_' or '-' or '.'))
                return false;
            if (!Visibility.IsVisible(rune))
                return false;

            afterLetter = IsMark(category) || IsLetter(category);
        }

        return Scripts.AreKnown(username);
    }

    /// <summary>Whether the name has a letter or a digit to call the user by.</summary>
    public static bool HasLetterOrDigit(string username) =>
        username.EnumerateRunes().Any(rune => IsLetterOrDigit(Rune.GetUnicodeCategory(rune)));

    /// <summary>
    /// Whether no letter has more than two marks of its own. The marks of a composed letter are part of it, however it was typed: macOS and
    /// some keyboards send letter and marks separately. The form as typed counts too, since some letters (Devanagari with a nukta)
    /// decompose when a text is composed.
    /// </summary>
    public static bool HasFewMarks(string username) => HasFewMarksAsTyped(username) || HasFewMarksAsTyped(Nfkc.Compose(username));

    private static bool HasFewMarksAsTyped(string username)
    {
        var marks = 0;
        foreach (var rune in username.EnumerateRunes())
        {
            marks = IsMark(Rune.GetUnicodeCategory(rune)) ? marks + 1 : 0;
            if (marks > MaxMarks)
                return false;
        }

        return true;
    }

    public static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsLetter(UnicodeCategory category) =>
        category
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter;

    public static bool IsLetterOrDigit(UnicodeCategory category) => IsLetter(category) || category == UnicodeCategory.DecimalDigitNumber;
}
