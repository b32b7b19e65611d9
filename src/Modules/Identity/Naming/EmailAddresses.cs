using System.Buffers;
using System.Globalization;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.Naming;

/// <summary>The rules for e-mail addresses, and the key that compares them.</summary>
internal static class EmailAddresses
{
    // RFC 5321 4.5.3.1: 64 octets of local part, 255 of domain; a path of 256 including its angle brackets leaves 254 in all.
    public const int MaxLength = 254;
    private const int MaxLocalPart = 64;
    private const int MaxLabel = 63;

    private const string AsciiForm = "xn--";

    // RFC 2606: no such domain will ever exist. An account whose address was taken gets one in it.
    private const string Nowhere = "taken.invalid";

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    // RFC 5322 3.2.3: these are allowed in quotes only.
    private static readonly SearchValues<char> Specials = SearchValues.Create("\"(),:;<>[\\]");

    /// <summary>
    /// The key of an e-mail address: folded like a name, with one form for a domain in Unicode and in ASCII (RFC 5890, 2.3.2.1).
    /// </summary>
    public static string Key(string email)
    {
        var key = Names.Key(email);
        if (!key.Contains(AsciiForm, StringComparison.OrdinalIgnoreCase))
            return key;

        var at = key.LastIndexOf('@') + 1;
        return key[..at] + string.Join('.', key[at..].Split('.').Select(UnicodeLabel));
    }

    /// <summary>The address of an account whose own was proved by somebody else: nobody has it and nobody can ask for it.</summary>
    public static string Placeholder(long userId) => string.Create(CultureInfo.InvariantCulture, $"account-{userId}@{Nowhere}");

    /// <summary>The address of an account that never gets one, because somebody else's was asked for.</summary>
    public static string Placeholder() => $"account-{Guid.NewGuid():N}@{Nowhere}";

    /// <summary>
    /// An address that mail could be sent to: a local part and a domain of two labels or more. Only sending mail proves more, so quoted
    /// local parts and address literals are the only valid forms refused.
    /// </summary>
    public static bool IsValid(string email)
    {
        if (Encoding.UTF8.GetByteCount(email) > MaxLength || Key(email).Length > MaxLength)
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
        return labels.Length >= 2 && Array.TrueForAll(labels, IsLabel) && !domain.Equals(Nowhere, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsLabel(string label)
    {
        if (label.Length == 0 || Encoding.UTF8.GetByteCount(label) > MaxLabel || label.StartsWith('-') || label.EndsWith('-'))
            return false;

        foreach (var rune in label.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (!Names.IsMark(category) && !Names.IsLetterOrDigit(category) && rune.Value != '-')
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
            return Names.Key(Idn.GetUnicode(label.ToLowerInvariant()));
        }
        catch (ArgumentException)
        {
            return label;
        }
    }
}
