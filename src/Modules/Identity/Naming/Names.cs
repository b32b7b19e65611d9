using System.Buffers;
using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Naming;

/// <summary>
/// The rules for user names, and the keys that compare names and addresses. The program computes them instead of a collation, so that the
/// same two names clash on every database.
/// </summary>
internal static class Names
{
    public const int MinUsername = 3;
    public const int MaxUsername = 32;

    // RFC 5321 4.5.3.1: 64 octets of local part, 255 of domain; a path of 256 including its angle brackets leaves 254 in all.
    public const int MaxEmail = 254;
    private const int MaxLocalPart = 64;
    private const int MaxLabel = 63;

    // Two marks above and below a letter do not run into the next line.
    private const int MaxMarks = 2;
    private const string AsciiForm = "xn--";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    // RFC 5322 3.2.3: these are allowed in quotes only.
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(),:;<>[\\]");

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
    /// The key of an e-mail address: folded like a name, with one form for a domain in Unicode and in ASCII (RFC 5890, 2.3.2.1).
    /// </summary>
    public static string EmailKey(string email)
    {
        var key = Key(email);
        if (!key.Contains(AsciiForm, StringComparison.OrdinalIgnoreCase))
            return key;

        var at = key.LastIndexOf('@') + 1;
        return key[..at] + string.Join('.', key[at..].Split('.').Select(UnicodeLabel));
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

        return Scripts.Know(username);
    }

    /// <summary>Whether the name has a letter or a digit to call the user by.</summary>
    public static bool HasLetterOrDigit(string username) =>
        username.EnumerateRunes().Any(rune => IsLetterOrDigit(Rune.GetUnicodeCategory(rune)));

    /// <summary>
    /// Whether no letter has more than two marks of its own. The marks of a composed letter are part of it, however it was typed: macOS and
    /// some keyboards send letter and marks separately. The form as typed counts too, since some letters (Devanagari with a nukta)
    /// decompose when a text is composed.
    /// </summary>
    public static bool HasFewMarks(string username) => CountsFewMarks(username) || CountsFewMarks(Nfkc.Compose(username));

    /// <summary>
    /// An address that mail could be sent to: a local part and a domain of two labels or more. Only sending mail proves more, so quoted
    /// local parts and address literals are the only valid forms refused.
    /// </summary>
    public static bool IsEmail(string email)
    {
        if (Encoding.UTF8.GetByteCount(email) > MaxEmail || EmailKey(email).Length > MaxEmail)
            return false;

        var at = email.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at != email.LastIndexOf('@'))
            return false;

        foreach (var rune in email.EnumerateRunes())
        {
            if (!Visibility.IsVisible(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned)
                return false;
        }

        return IsLocalPart(email[..at]) && IsDomain(email[(at + 1)..]);
    }

    private static bool IsLocalPart(string local) =>
        Encoding.UTF8.GetByteCount(local) <= MaxLocalPart
        && !local.StartsWith('.')
        && !local.EndsWith('.')
        && !local.Contains("..", StringComparison.Ordinal)
        && !local.AsSpan().ContainsAny(Specials);

    private static bool IsDomain(string domain)
    {
        var labels = domain.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, IsLabel);
    }

    private static bool IsLabel(string label)
    {
        if (label.Length == 0 || Encoding.UTF8.GetByteCount(label) > MaxLabel || label.StartsWith('-') || label.EndsWith('-'))
            return false;

        foreach (var rune in label.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (!IsMark(category) && !IsLetterOrDigit(category) && rune.Value != '-')
                return false;
        }

        return true;
    }

    // A label that does not decode stands for itself.
    private static string UnicodeLabel(string label)
    {
        if (!label.StartsWith(AsciiForm, StringComparison.OrdinalIgnoreCase))
            return label;

        try
        {
            return Key(Idn.GetUnicode(label.ToLowerInvariant()));
        }
        catch (ArgumentException)
        {
            return label;
        }
    }

    private static bool CountsFewMarks(string username)
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

    private static bool IsMark(UnicodeCategory category) =>
        category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsLetter(UnicodeCategory category) =>
        category
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter;

    private static bool IsLetterOrDigit(UnicodeCategory category) => IsLetter(category) || category == UnicodeCategory.DecimalDigitNumber;
}
