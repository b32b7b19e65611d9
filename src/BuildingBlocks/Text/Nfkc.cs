using System.Collections;
using System.Globalization;
using System.Text;

namespace Kumiko.BuildingBlocks.Text;

/// <summary>
/// Unicode's normalization forms NFKC and NFD (UAX #15) from a table of our own. <see cref="string.Normalize(NormalizationForm)"/> relies
/// on the ICU library of the machine and returns its input unchanged where there is none, as in the container image. Keys of names and of
/// searches must be the same everywhere.
/// </summary>
public static class Nfkc
{
    // Hangul syllables are computed, not listed: the Unicode Standard, 3.12.
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int Syllables = Leads * Vowels * Tails;

    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<int, int[]> Canonical = [];

    // The combining class of each character. No character beyond this range has a class other than 0.
    private static readonly byte[] Classes = new byte[0x20000];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];

    // A character that is not marked here stays as it is, whatever its neighbours are.
    private static readonly BitArray Changeable = new(0x110000);

    static Nfkc()
    {
        using var stream = typeof(Nfkc).Assembly.GetManifestResourceStream(typeof(Nfkc), "Nfkc.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Add(line.Split(';'));
        }

        foreach (var code in Decompositions.Keys.ToList())
            Decompositions[code] = [.. Decompositions[code].SelectMany(part => Expand(part, Decompositions))];
        foreach (var code in Canonical.Keys.ToList())
            Canonical[code] = [.. Canonical[code].SelectMany(part => Expand(part, Canonical))];

        // A vowel or a tail joins the syllable before it.
        for (var code = VowelBase; code < TailBase + Tails; code++)
            Changeable[code] = true;
    }

    /// <summary>The text in NFKC. A lone surrogate becomes U+FFFD.</summary>
    public static string Compose(string text)
    {
        if (IsComposed(text))
            return text;

        var codes = new List<int>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, Decompositions, codes);
        Sort(codes);
        Join(codes);
        return Text(codes);
    }

    /// <summary>
    /// The text in NFD: each letter separated from its marks, compatibility forms unchanged. A lone surrogate becomes U+FFFD.
    /// </summary>
    public static string Decompose(string text)
    {
        var codes = new List<int>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, Canonical, codes);
        Sort(codes);
        return Text(codes);
    }

    private static string Text(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes)
            text.Append(new Rune(code));
        return text.ToString();
    }

    /// <summary>Whether a character never changes and never changes its neighbours.</summary>
    public static bool IsInert(Rune rune) => !Changeable[rune.Value];

    /// <summary>
    /// How many characters one becomes before they are composed again. A Hangul syllable counts as one, since that is the result.
    /// </summary>
    public static int Length(Rune rune) =>
        Changeable[rune.Value] && Decompositions.TryGetValue(rune.Value, out var parts) ? parts.Length : 1;

    private static bool IsComposed(string text)
    {
        foreach (var character in text)
        {
            if (char.IsSurrogate(character))
                return text.EnumerateRunes().All(rune => !Changeable[rune.Value] && rune != Rune.ReplacementChar);
            if (Changeable[character])
                return false;
        }

        return true;
    }

    private static void Decompose(int code, Dictionary<int, int[]> decompositions, List<int> codes)
    {
        if (Changeable[code] && decompositions.TryGetValue(code, out var parts))
        {
            codes.AddRange(parts);
        }
        else if (code - SyllableBase is >= 0 and < Syllables and var syllable)
        {
            codes.Add(LeadBase + (syllable / (Vowels * Tails)));
            codes.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails > 0)
                codes.Add(TailBase + (syllable % Tails));
        }
        else
        {
            codes.Add(code);
        }
    }

    // Marks after one letter are ordered by their classes; marks of one class keep their order.
    private static void Sort(List<int> codes)
    {
        for (var start = 0; start < codes.Count; start++)
        {
            if (Class(codes[start]) == 0)
                continue;

            var isInOrder = true;
            var end = start + 1;
            for (; end < codes.Count && Class(codes[end]) > 0; end++)
                isInOrder &= Class(codes[end - 1]) <= Class(codes[end]);
            if (!isInOrder)
            {
                var marks = codes.GetRange(start, end - start).OrderBy(Class).ToList();
                for (var i = 0; i < marks.Count; i++)
                    codes[start + i] = marks[i];
            }

            start = end;
        }
    }

    private static void Join(List<int> codes)
    {
        var starter = -1;
        var length = 0;
        var lastClass = 0;
        for (var next = 0; next < codes.Count; next++)
        {
            var code = codes[next];
            var ownClass = Class(code);
            // There is nothing between the two, or only marks of lower classes: D115, "blocked".
            if (
                starter >= 0
                && (starter == length - 1 || (lastClass != 0 && lastClass < ownClass))
                && Pair(codes[starter], code) is { } joined
            )
            {
                codes[starter] = joined;
                continue;
            }

            if (ownClass == 0)
                starter = length;
            lastClass = ownClass;
            codes[length++] = code;
        }

        codes.RemoveRange(length, codes.Count - length);
    }

    private static int? Pair(int first, int second)
    {
        if (first - LeadBase is >= 0 and < Leads and var lead && second - VowelBase is >= 0 and < Vowels and var vowel)
            return SyllableBase + (((lead * Vowels) + vowel) * Tails);
        if (
            first - SyllableBase is >= 0 and < Syllables and var syllable
            && syllable % Tails == 0
            && second - TailBase is > 0 and < Tails and var tail
        )
            return first + tail;
        return Changeable[second] && Compositions.TryGetValue((first, second), out var joined) ? joined : null;
    }

    private static byte Class(int code) => code < Classes.Length ? Classes[code] : (byte)0;

    private static IEnumerable<int> Expand(int code, Dictionary<int, int[]> decompositions) =>
        decompositions.TryGetValue(code, out var parts) ? parts.SelectMany(part => Expand(part, decompositions)) : [code];

    private static void Add(string[] fields)
    {
        var code = Code(fields[0]);
        Changeable[code] = true;
        if (byte.Parse(fields[1], CultureInfo.InvariantCulture) is > 0 and var ownClass)
            Classes[code] = ownClass;
        if (fields[2].Length == 0)
            return;

        var parts = fields[2].Split(' ');
        var canonical = parts[0] != "<>";
        Decompositions[code] = [.. parts.Skip(canonical ? 0 : 1).Select(Code)];
        if (canonical)
            Canonical[code] = Decompositions[code];

        // Unicode also excludes those that begin with a mark. They are never found here, since only a letter is looked up first.
        if (canonical && parts.Length == 2 && fields.Length == 3)
        {
            var (first, second) = (Code(parts[0]), Code(parts[1]));
            Compositions[(first, second)] = code;
            Changeable[second] = true;
        }
    }

    private static int Code(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
