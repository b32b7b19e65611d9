using System.Globalization;
using System.Text;

namespace Kumiko.BuildingBlocks.Text;

/// <summary>
/// Unicode's full case folding (the Unicode Standard, 3.13, toCasefold) from a table of our own: 'ß' equals 'SS', and 'Σ', 'σ' and 'ς'
/// are equal. <see cref="string.ToLowerInvariant"/> maps one character to one, so it can do neither.
/// </summary>
public static class CaseFolding
{
    private static readonly Dictionary<int, string> Foldings = Read();

    /// <summary>The text with its letter case folded. A lone surrogate becomes U+FFFD.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
            return text.ToLowerInvariant();

        var folded = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Foldings.TryGetValue(rune.Value, out var folding))
                folded.Append(folding);
            else
                folded.Append(rune);
        }

        return folded.ToString();
    }

    private static Dictionary<int, string> Read()
    {
        var foldings = new Dictionary<int, string>();
        using var stream = typeof(CaseFolding).Assembly.GetManifestResourceStream(typeof(CaseFolding), "CaseFolding.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;

            var fields = line.Split(';');
            foldings.Add(Code(fields[0]), string.Concat(fields[1].Split(' ').Select(code => new Rune(Code(code)))));
        }

        return foldings;
    }

    private static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
