using System.IO.Compression;
using System.Text.Json;
using Kumiko.BuildingBlocks.Json;
using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>Pages of personal data as one compressed text.</summary>
public static class PersonalDataPack
{
    /// <summary>How the items are written: as the API writes JSON.</summary>
    public static readonly JsonSerializerOptions Format = new(EventJson.Options) { Converters = { new InstantConverter() } };

    /// <summary>Packs pages.</summary>
    /// <param name="pages">The pages in their order, each with the name of its file.</param>
    public static byte[] Write(IEnumerable<(string File, IReadOnlyList<object> Items)> pages)
    {
        using var packed = new MemoryStream();
        using (var compressed = new BrotliStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(compressed, pages.Select(page => new Page(page.File, page.Items)), Format);
        return packed.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> packed: for each page its file, and its items as a JSON array.</summary>
    /// <exception cref="JsonException">The text holds no pages.</exception>
    public static IReadOnlyList<(string File, JsonElement Items)> Read(byte[] packed)
    {
        using var compressed = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        var pages = JsonSerializer.Deserialize<List<ReadPage>>(compressed, Format) ?? [];
        return pages.ConvertAll(page => (page.File, page.Items));
    }

    private sealed record Page(string File, IReadOnlyList<object> Items);

    private sealed record ReadPage(string File, JsonElement Items);
}
