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

    /// <summary>The id of a post that is deleted by this.</summary>
    public long? DeletedPost => _row is { Kind: ChangeKind.Deleted } row ? row.PostId : null;

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

    /// <summary>Whether it tells what this post said.</summary>
    public bool Quotes(long postId) => _row is { Kind: not ChangeKind.Deleted } row && row.PostId == postId;

    /// <summary>The same without the text, as the database gives it once the post is deleted.</summary>
    public ChangeEvent WithoutText(JsonSerializerOptions json) => Of(_row!, json);

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
