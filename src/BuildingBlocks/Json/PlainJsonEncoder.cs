using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Kumiko.BuildingBlocks.Json;

/// <summary>
/// Writes text in JSON as it is, and escapes only what JSON requires (RFC 8259, 7). The framework's own encoders escape everything beyond
/// the first 65,536 characters whatever they are told to allow, which triples the size of an emoji. Use it only for JSON that is not part
/// of a page.
/// </summary>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(code => (char)code),
        '"',
        '\\',
    ]);
    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Select(code => (byte)code),
        (byte)'"',
        (byte)'\\',
    ]);

    private PlainJsonEncoder() { }

    /// <summary>The only instance.</summary>
    public static PlainJsonEncoder Instance { get; } = new();

    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    /// <inheritdoc />
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        var escaped = characters.IndexOfAny(Escaped);
        var lone = IndexOfLoneSurrogate(escaped < 0 ? characters : characters[..escaped]);
        return lone < 0 ? escaped : lone;
    }

    /// <inheritdoc />
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

    /// <inheritdoc />
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        Span<char> escape = stackalloc char[6];
        var length = Escape(unicodeScalar, escape);
        numberOfCharactersWritten = escape[..length].TryCopyTo(new Span<char>(buffer, bufferLength)) ? length : 0;
        return numberOfCharactersWritten > 0;
    }

    private static int Escape(int scalar, Span<char> escape)
    {
        var letter = scalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => '\0',
        };
        if (letter != '\0')
        {
            escape[0] = '\\';
            escape[1] = letter;
            return 2;
        }

        // U+FFFD, which replaces a lone surrogate, arrives here too and is written as it is.
        if (scalar >= ' ')
            return new Rune(scalar).EncodeToUtf16(escape);

        escape.TryWrite($"\\u{scalar:x4}", out var written);
        return written;
    }

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOfAnyInRange('\uD800', '\uDFFF') is var next and >= 0; at += 2)
        {
            at += next;
            if (!char.IsHighSurrogate(text[at]) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1]))
                return at;
        }

        return -1;
    }
}
