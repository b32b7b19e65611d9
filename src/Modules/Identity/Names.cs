using System.Buffers;
using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity;

/// <summary>
/// The rules for what a user is called, and the keys by which names and addresses are compared. They are made here and not by a
/// collation, so that the same two names clash on every database.
/// </summary>
internal static class Names
{
    public const int ShortestUsername = 3;
    public const int LongestUsername = 32;

    // RFC 5321 4.5.3.1: 64 octets of local part, 255 of domain; a path of 256 with its angle brackets leaves 254 in all.
    public const int LongestEmail = 254;
    private const int LongestLocalPart = 64;
    private const int LongestLabel = 63;

    // RFC 5322 3.2.3: these stand in quotes only.
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(),:;<>[\\]");

    /// <summary>What two spellings of one name have in common: width, composition and case are folded away.</summary>
    public static string Key(string name)
    {
        // Down and up again, for capitals whose small letter has another capital or none (ẞ). Casing can leave marks uncomposed.
        var folded = Nfkc.Compose(name).ToLowerInvariant().ToUpperInvariant();
        return Nfkc.Compose(folded);
    }

    /// <summary>Letters of any script with their combining marks, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public static bool HasUsernameCharacters(string username)
    {
        var afterLetter = false;
        foreach (var rune in username.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (isMark ? !afterLetter : !IsLetterOrDigit(category) && rune.Value is not ('_' or '-' or '.'))
                return false;

            afterLetter = isMark || IsLetter(category);
        }

        return true;
    }

    /// <summary>
    /// An address that mail could be sent to: a local part and a domain of two labels or more. Only a mail proves more than that, so quoted
    /// local parts and address literals are the only valid forms refused.
    /// </summary>
    public static bool IsEmail(string email)
    {
        if (Encoding.UTF8.GetByteCount(email) > LongestEmail || Key(email).Length > LongestEmail)
            return false;

        var at = email.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != email.LastIndexOf('@'))
            return false;

        foreach (var rune in email.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned)
                return false;
        }

        return IsLocalPart(email[..at]) && IsDomain(email[(at + 1)..]);
    }

    private static bool IsLocalPart(string local) =>
        Encoding.UTF8.GetByteCount(local) <= LongestLocalPart
        && !local.StartsWith('.') && !local.EndsWith('.') && !local.Contains("..", StringComparison.Ordinal)
        && !local.AsSpan().ContainsAny(Specials);

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, IsLabel);
    }

    private static bool IsLabel(string label)
    {
        if (label.Length == 0 || Encoding.UTF8.GetByteCount(label) > LongestLabel || label.StartsWith('-') || label.EndsWith('-'))
            return false;

        foreach (var rune in label.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (!isMark && !IsLetterOrDigit(category) && rune.Value != '-')
                return false;
        }

        return true;
    }

    private static bool IsLetter(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter;

    private static bool IsLetterOrDigit(UnicodeCategory category) => IsLetter(category) || category == UnicodeCategory.DecimalDigitNumber;
}
