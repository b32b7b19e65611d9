using Microsoft.Net.Http.Headers;

namespace Kumiko.Identity.Mail;

/// <summary>The languages that mails are written in.</summary>
internal static class MailLanguage
{
    public const string English = "en";
    public const string Japanese = "ja";

    /// <summary>The language for everybody who prefers none of ours.</summary>
    public const string Default = English;

    public static readonly IReadOnlyList<string> All = [English, Japanese];

    /// <summary>The language that the client prefers (RFC 9110, 12.5.4); null if it names none of ours.</summary>
    public static string? Of(HttpRequest request)
    {
        // A header that is not well-formed has no preferences.
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage.OfType<string>().ToList(), out var ranges))
            return null;

        return ranges
            .Where(range => range.Quality is not 0)
            .OrderByDescending(range => range.Quality ?? 1)
            .Select(range => All.FirstOrDefault(language => IsIn(language, range.Value)))
            .FirstOrDefault(language => language is not null);
    }

    // "ja" and "ja-JP".
    private static bool IsIn(string language, Microsoft.Extensions.Primitives.StringSegment range) =>
        range.StartsWith(language, StringComparison.OrdinalIgnoreCase)
        && (range.Length == language.Length || range[language.Length] == '-');
}
