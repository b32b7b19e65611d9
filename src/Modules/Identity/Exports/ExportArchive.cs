using System.IO.Compression;
using System.Text.Json;
using Kumiko.BuildingBlocks.Privacy;

namespace Kumiko.Identity.Exports;

/// <summary>Writes an export as a zip file, page by page, so that it is never in memory as a whole.</summary>
internal sealed class ExportArchive(IdentityDatabase database, IEnumerable<IPersonalData<IdentityDatabase>> data, ExportKeys keys)
{
    private static readonly JsonSerializerOptions Contents = new(PersonalDataPack.Format) { WriteIndented = true };

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = PersonalDataPack.Format.Encoder };

    /// <summary>Writes everything: a folder for each module, and a table of contents.</summary>
    /// <param name="export">The export, which every module has answered.</param>
    /// <param name="output">Where the file is written.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <exception cref="InvalidOperationException">The export was deleted meanwhile, so what was written is not complete.</exception>
    public async Task WriteAsync(ExportRow export, Stream output, CancellationToken cancellationToken)
    {
        await using var body = new ZipOutput(output);
        await using (var zip = await ZipArchive.CreateAsync(body, ZipArchiveMode.Create, leaveOpen: true, null, cancellationToken))
            await WriteAsync(export, zip, cancellationToken);
        await body.FlushAsync(cancellationToken);
    }

    private async Task WriteAsync(ExportRow export, ZipArchive zip, CancellationToken cancellationToken)
    {
        var contents = new List<Content>();
        await WriteAsync(zip, contents, OwnPagesAsync(export, cancellationToken), cancellationToken);
        await WriteAsync(zip, contents, PagesAsync(export, cancellationToken), cancellationToken);
        await using var about = await OpenAsync(zip, "about.json", cancellationToken);
        await JsonSerializer.SerializeAsync(
            about,
            new
            {
                export.UserId,
                CollectedAt = export.CreatedAt,
                Files = contents,
            },
            Contents,
            cancellationToken
        );
    }

    private static async Task WriteAsync(
        ZipArchive zip,
        List<Content> contents,
        IAsyncEnumerable<Page> pages,
        CancellationToken cancellationToken
    )
    {
        (Stream Entry, Utf8JsonWriter Json)? open = null;
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            if (contents.LastOrDefault()?.File != page.File || open is null)
            {
                await CloseAsync(open, cancellationToken);
                var entry = await OpenAsync(zip, page.File, cancellationToken);
                open = (entry, new Utf8JsonWriter(entry, Readable));
                open.Value.Json.WriteStartArray();
                contents.Add(new Content(page.File, 0, IsComplete: true));
            }

            foreach (var item in page.Items.EnumerateArray())
                item.WriteTo(open.Value.Json);
            await open.Value.Json.FlushAsync(cancellationToken);
            contents[^1] = contents[^1] with { Items = contents[^1].Items + page.Items.GetArrayLength(), IsComplete = !page.IsCut };
        }

        await CloseAsync(open, cancellationToken);
    }

    private static async Task<Stream> OpenAsync(ZipArchive zip, string file, CancellationToken cancellationToken) =>
        await zip.CreateEntry(file, CompressionLevel.Fastest).OpenAsync(cancellationToken);

    private static async Task CloseAsync((Stream Entry, Utf8JsonWriter Json)? open, CancellationToken cancellationToken)
    {
        if (open is not var (entry, json))
            return;
        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
        await json.DisposeAsync();
        await entry.DisposeAsync();
    }

    private async IAsyncEnumerable<Page> OwnPagesAsync(
        ExportRow export,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var one in data)
        {
            for (long? after = 0; after is { } place; )
            {
                PersonalDataPage page;
                // Not open while the client reads: it may be slow.
                await using (var session = await database.OpenAsync(cancellationToken))
                    page = await one.ReadAsync(session, export.UserId, place, cancellationToken);
                yield return new Page(
                    $"{IdentityDatabase.ModuleName}/{one.File}",
                    JsonSerializer.SerializeToElement(page.Items, PersonalDataPack.Format),
                    IsCut: false
                );
                after = page.Next;
            }
        }
    }

    private async IAsyncEnumerable<Page> PagesAsync(
        ExportRow export,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var module in export.ModuleNames)
        {
            ExportPartRow part;
            var number = 0;
            do
            {
                await using (var session = await database.OpenAsync(cancellationToken))
                    part =
                        await session.ReadExportPartAsync(export, module, number++, cancellationToken)
                        ?? throw new InvalidOperationException("The export was deleted while it was sent.");
                var pages = PersonalDataPack.Read(keys.Open(export, part));
                foreach (var (file, items) in pages)
                    yield return new Page($"{module}/{file}", items, part.IsCut && file == pages[^1].File);
            } while (!part.IsLast && !part.IsCut);
        }
    }

    /// <param name="File">The file, with its folder.</param>
    /// <param name="Items">The items, a JSON array.</param>
    /// <param name="IsCut">Whether items are missing after these.</param>
    private sealed record Page(string File, JsonElement Items, bool IsCut);

    /// <summary>A file, as the table of contents lists it.</summary>
    private sealed record Content(string File, int Items, bool IsComplete);
}
