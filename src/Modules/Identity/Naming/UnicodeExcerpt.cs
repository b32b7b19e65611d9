using System.Globalization;

namespace Kumiko.Identity.Naming;

/// <summary>
/// Reads the excerpts of Unicode's data that are embedded beside this class: fields separated by semicolons, the first of them a code point
/// or a range.
/// </summary>
internal static class UnicodeExcerpt
{
    public static IEnumerable<(int First, int Last, string Value)> Read(string name)
    {
        using var stream = typeof(UnicodeExcerpt).Assembly.GetManifestResourceStream(typeof(UnicodeExcerpt), name)!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;

            var fields = line.Split(';');
            var range = fields[0].Split("..");
            yield return (Code(range[0]), Code(range[^1]), fields[1]);
        }
    }

    public static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
