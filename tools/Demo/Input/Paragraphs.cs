using System.Globalization;
using System.Text;

namespace Kumiko.Demo.Input;

/// <summary>Cuts a text into paragraphs, and checks which of them the API accepts as the content of a post.</summary>
internal static class Paragraphs
{
    private const int MaxScalars = 10_000;

    // The requests that begin a paragraph in the source of a manual page: man(7) and mdoc(7).
    private static readonly HashSet<string> ParagraphRequests = ["PP", "P", "LP", "TP", "IP", "HP", "SH", "SS", "Pp", "Sh", "Ss", "It"];

    /// <summary>
    /// The paragraphs of a text, trimmed, without empty ones. A file of fortunes is cut at lines that contain only <c>%</c>, the source of
    /// a manual page (which has few blank lines) at blank lines and at paragraph requests, any other text at blank lines. Line ends belong
    /// to the file, not to the text: CR LF becomes LF, as in a text area's value. A CR alone stays.
    /// </summary>
    public static IEnumerable<string> Split(string text)
    {
        var lines = text.ReplaceLineEndingsOfWindows().Split('\n');
        Func<string, Cut> cut =
            lines.Any(IsFortuneSeparator) ? line => IsFortuneSeparator(line) ? Cut.Between : Cut.None
            : lines.Any(IsTitleOfManualPage) ? CutInManualPage
            : line => string.IsNullOrWhiteSpace(line) ? Cut.Between : Cut.None;

        var paragraph = new StringBuilder();
        foreach (var line in lines)
        {
            var where = cut(line);
            if (where != Cut.None)
            {
                if (Take(paragraph) is { Length: > 0 } finished)
                    yield return finished;
            }

            if (where != Cut.Between)
                paragraph.Append(line).Append('\n');
        }

        if (Take(paragraph) is { Length: > 0 } last)
            yield return last;
    }

    /// <summary>Whether the API accepts it: 1 to 10,000 Unicode scalar values, no control character other than tab and newline.</summary>
    public static bool IsSuitable(string paragraph)
    {
        var scalars = 0;
        foreach (var rune in paragraph.EnumerateRunes())
        {
            scalars++;
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Control && rune.Value is not ('\t' or '\n'))
                return false;
        }

        return scalars is >= 1 and <= MaxScalars;
    }

    private static string ReplaceLineEndingsOfWindows(this string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static bool IsFortuneSeparator(string line) => line.AsSpan().TrimEnd() is "%";

    private static bool IsTitleOfManualPage(string line) =>
        line.StartsWith(".TH ", StringComparison.Ordinal) || line.StartsWith(".Dt ", StringComparison.Ordinal);

    private static Cut CutInManualPage(string line)
    {
        var trimmed = line.AsSpan().TrimEnd();
        // Writers use a control line alone to leave a visible gap in the source.
        if (trimmed.Length == 0 || trimmed is "." or "'")
            return Cut.Between;
        if (trimmed[0] is not ('.' or '\''))
            return Cut.None;

        var request = trimmed[1..].TrimStart();
        var end = request.IndexOfAny(' ', '\t');
        return ParagraphRequests.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end < 0 ? request : request[..end])
            ? Cut.Before
            : Cut.None;
    }

    private static string Take(StringBuilder paragraph)
    {
        var text = paragraph.ToString().Trim();
        paragraph.Clear();
        return text;
    }

    private enum Cut
    {
        None,
        Before,
        Between,
    }
}
