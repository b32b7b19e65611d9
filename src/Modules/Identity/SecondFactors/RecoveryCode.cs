using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.Text;

namespace Kumiko.Identity.SecondFactors;

/// <summary>
/// A code that replaces the authenticator app once: 80 random bits, so that a fast hash without salt is enough to store it.
/// </summary>
internal static class RecoveryCode
{
    /// <summary>How many codes a list has.</summary>
    public const int PerList = 10;

    /// <summary>The form in which codes are shown.</summary>
    public const string Pattern = "^[0-9a-z]{4}(-[0-9a-z]{4}){3}$";

    // Crockford's base 32: no i, l, o and u, which look like others.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int Length = 16;
    private const int GroupLength = 4;

    /// <summary>A new list, each code in groups that are easy to read and to type.</summary>
    public static string[] CreateList()
    {
        var codes = new HashSet<string>(StringComparer.Ordinal);
        while (codes.Count < PerList)
            codes.Add(Create());
        return [.. codes];
    }

    /// <summary>
    /// The hash of a code as somebody entered it: with or without dashes and spaces, in any case, and with a letter for the digit that it
    /// looks like. Null if it is not a code.
    /// </summary>
    public static byte[]? FindHash(string entered)
    {
        var code = new StringBuilder(Length);
        foreach (var character in Nfkc.Compose(entered))
        {
            if (character is '-' or ' ' or '\u2010' or '\u2212' or '\u30FC')
                continue;
            var read = char.ToLowerInvariant(character) switch
            {
                'o' => '0',
                'i' or 'l' => '1',
                var other => other,
            };
            if (code.Length == Length || !Alphabet.Contains(read, StringComparison.Ordinal))
                return null;
            code.Append(read);
        }

        return code.Length == Length ? Hash(code.ToString()) : null;
    }

    private static string Create() =>
        string.Join('-', RandomNumberGenerator.GetString(Alphabet, Length).Chunk(GroupLength).Select(group => new string(group)));

    private static byte[] Hash(string code) => SHA256.HashData(Encoding.ASCII.GetBytes(code));
}
