using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kumiko.Posts.Changes;

/// <summary>A server-sent event, written once for all who read it.</summary>
/// <param name="Seq">Its id.</param>
/// <param name="Frame">The lines that go over the wire.</param>
internal sealed record ChangeEvent(long Seq, byte[] Frame)
{
    // Kept to write the event again without its text.
    private readonly ChangeRow? _row;

    private ChangeEvent(ChangeRow row, byte[] frame)
        : this(row.Seq, frame) => _row = row with { Content = null };

    /// <summary>Whether it tells that a post is gone.</summary>
    public bool IsDeletion => _row is { Kind: ChangeKind.Deleted };

    public static ChangeEvent Of(ChangeRow row, JsonSerializerOptions json) => row.Kind == ChangeKind.Deleted
        ? new ChangeEvent(row, Write(row.Seq, "post.deleted", JsonSerializer.SerializeToUtf8Bytes(new DeletedPost(row.PostId), json.GetTypeInfo(typeof(DeletedPost)))))
        : new ChangeEvent(
            row,
            Write(
                row.Seq,
                "post." + row.Kind,
                JsonSerializer.SerializeToUtf8Bytes(
                    new ChangedPost(row.PostId, row.Content, row.UserId, row.Username, row.CreatedAt, row.UpdatedAt), json.GetTypeInfo(typeof(ChangedPost)))));

    /// <summary>Tells the reader that what came before this is not to be had, so that it reads the list again.</summary>
    public static ChangeEvent Reset(long seq) => new(seq, Write(seq, "stream.reset", "{}"u8));

    /// <summary>The same, or, if it quotes the post that this deletion is of, what the database gives from now on: no text, and the author's name as it is now.</summary>
    public ChangeEvent After(ChangeEvent deletion, JsonSerializerOptions json) =>
        _row is { Kind: not ChangeKind.Deleted } row && row.PostId == deletion._row!.PostId ? Of(row with { Username = deletion._row.Username }, json) : this;

    // The data is one line: JSON escapes line breaks.
    private static byte[] Write(long seq, string name, ReadOnlySpan<byte> data)
    {
        var frame = new ArrayBufferWriter<byte>(data.Length + 64);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {seq}\nevent: {name}\ndata: "), frame);
        frame.Write(data);
        frame.Write("\n\n"u8);
        return frame.WrittenSpan.ToArray();
    }
}
