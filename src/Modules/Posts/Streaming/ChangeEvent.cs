using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Kumiko.Posts.Changes;

namespace Kumiko.Posts.Streaming;

/// <summary>A server-sent event, serialised once for all its readers.</summary>
/// <param name="Seq">Its id.</param>
/// <param name="Frame">The lines as sent.</param>
internal sealed record ChangeEvent(long Seq, byte[] Frame)
{
    // Kept to write the event again without its text.
    private readonly ChangeRow? _row;

    private ChangeEvent(ChangeRow row, byte[] frame)
        : this(row.Seq, frame) => _row = row with { Content = null };

    /// <summary>Whether earlier texts of the post are no longer sent, because it was changed or deleted.</summary>
    public bool EndsOlderTexts => _row is { Kind: ChangeKind.Updated or ChangeKind.Deleted };

    public static ChangeEvent Of(ChangeRow row, JsonSerializerOptions json) =>
        row.Kind switch
        {
            ChangeKind.Deleted => Of(row, "post.deleted", new DeletedPost(row.PostId), json),
            ChangeKind.Renamed => Of(row, "author.renamed", new RenamedAuthor(row.UserId, row.Username), json),
            _ => Of(
                row,
                "post." + row.Kind,
                new ChangedPost(row.PostId, row.Content, row.UserId, row.Username, row.CreatedAt, row.UpdatedAt),
                json
            ),
        };

    /// <summary>Reports that earlier changes are not available: the reader has to read the list again.</summary>
    public static ChangeEvent Reset(long seq) => new(seq, Write(seq, "stream.reset", "{}"u8));

    /// <summary>
    /// The same event, unless it quotes a text that this later change ended. Then it is the event that the database gives from now on:
    /// without text, and with the author's current name.
    /// </summary>
    public ChangeEvent After(ChangeEvent later, JsonSerializerOptions json) =>
        _row is { Kind: ChangeKind.Created or ChangeKind.Updated } row && row.PostId == later._row!.PostId
            ? Of(row with { Username = later._row.Username }, json)
            : this;

    private static ChangeEvent Of<T>(ChangeRow row, string name, T data, JsonSerializerOptions json) =>
        new(row, Write(row.Seq, name, JsonSerializer.SerializeToUtf8Bytes(data, json.GetTypeInfo(typeof(T)))));

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
