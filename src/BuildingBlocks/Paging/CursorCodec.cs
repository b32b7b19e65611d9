using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ErrorOr;
using Kumiko.BuildingBlocks.Failures;
using Kumiko.BuildingBlocks.Security;

namespace Kumiko.BuildingBlocks.Paging;

/// <summary>
/// Writes and reads the <c>cursor</c> of a list: the id of the last item shown, signed, so that no client relies on what is inside.
/// </summary>
public sealed class CursorCodec(SecretKey secret)
{
    private const int IdLength = sizeof(long);

    // 128 bits, the shortest tag that RFC 2104, 5 recommends for a 256-bit hash.
    private const int TagLength = 16;

    private readonly IReadOnlyList<byte[]> _keys = secret.DeriveAccepted("web.cursors", SHA256.HashSizeInBytes);

    /// <summary>The cursor of the page after an item.</summary>
    /// <param name="list">The list that the cursor belongs to; another list does not accept it.</param>
    /// <param name="lastId">The id of the last item shown.</param>
    public string Write(string list, long lastId)
    {
        Span<byte> cursor = stackalloc byte[IdLength + TagLength];
        BinaryPrimitives.WriteInt64BigEndian(cursor, lastId);
        Sign(_keys[0], list, cursor[..IdLength], cursor[IdLength..]);
        return Base64Url.EncodeToString(cursor);
    }

    /// <summary>The id of the last item shown, <see cref="long.MaxValue"/> for the first page, or a 400.</summary>
    public ErrorOr<long> Read(string list, string? cursor)
    {
        if (cursor is null)
            return long.MaxValue;

        Span<byte> bytes = stackalloc byte[IdLength + TagLength];
        Span<byte> tag = stackalloc byte[TagLength];
        // The decoder accepts white space and padding; a cursor has neither.
        if (cursor.Length != Base64Url.GetEncodedLength(bytes.Length) || !TryDecode(cursor, bytes))
            return Unknown;

        foreach (var key in _keys)
        {
            Sign(key, list, bytes[..IdLength], tag);
            if (CryptographicOperations.FixedTimeEquals(tag, bytes[IdLength..]))
                return BinaryPrimitives.ReadInt64BigEndian(bytes);
        }

        return Unknown;
    }

    /// <summary>The page that these rows make.</summary>
    /// <param name="list">The list that the rows belong to.</param>
    /// <param name="rows">The rows, in order; one more than the page may have shows that there is a next page, and is removed.</param>
    /// <param name="limit">How many rows the page may have, at least one.</param>
    /// <param name="idOf">The id of a row, by which the list is ordered.</param>
    public Page<T> PageOf<T>(string list, List<T> rows, int limit, Func<T, long> idOf)
    {
        if (rows.Count <= limit)
            return new Page<T>(rows, NextCursor: null);

        rows.RemoveAt(limit);
        return new Page<T>(rows, Write(list, idOf(rows[^1])));
    }

    private static Error Unknown => Errors.Malformed("cursor", "Invalid cursor: pass 'next_cursor' from the previous page unchanged.");

    private static bool TryDecode(string cursor, Span<byte> bytes) =>
        Base64Url.DecodeFromChars(cursor, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written == bytes.Length;

    private static void Sign(byte[] key, string list, ReadOnlySpan<byte> id, Span<byte> tag)
    {
        Span<byte> text = stackalloc byte[IdLength + Encoding.UTF8.GetMaxByteCount(list.Length)];
        id.CopyTo(text);
        var length = IdLength + Encoding.UTF8.GetBytes(list, text[IdLength..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, text[..length], hash);
        hash[..TagLength].CopyTo(tag);
    }
}
