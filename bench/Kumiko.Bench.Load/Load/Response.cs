using System.Buffers.Text;
using System.Text;

namespace Kumiko.Bench.Load.Load;

/// <summary>Finds the end of an HTTP/1.1 response without allocating objects for its parts.</summary>
internal static class Response
{
    /// <summary>Returns whether the bytes hold a whole response; if so, <paramref name="status"/> is its status code.</summary>
    /// <exception cref="InvalidDataException">The response has neither a length nor chunks.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out int status)
    {
        status = 0;
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;

        var head = bytes[..(end + 2)];
        var body = bytes[(end + 4)..];
        _ = Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out status, out _);
        if (TryHeader(head, "\r\nContent-Length: "u8, out var length))
            return Utf8Parser.TryParse(length, out int count, out _) && body.Length >= count;
        if (TryHeader(head, "\r\nTransfer-Encoding: chunked"u8, out _))
            return EndsWithLastChunk(body);
        if (status is 204 or 304)
            return true;

        throw new InvalidDataException($"A response without a length: {Encoding.ASCII.GetString(head)}");
    }

    private static bool TryHeader(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var at = head.IndexOf(name);
        value = at < 0 ? default : head[(at + name.Length)..];
        return at >= 0;
    }

    private static bool EndsWithLastChunk(ReadOnlySpan<byte> body)
    {
        while (true)
        {
            var line = body.IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(body[..line], out int size, out _, 'X'))
                return false;

            var next = line + 2 + size + 2;
            if (body.Length < next)
                return false;
            if (size == 0)
                return true;

            body = body[next..];
        }
    }
}
