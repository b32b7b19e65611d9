using System.Globalization;
using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Messaging;

namespace Kumiko.BuildingBlocks.Privacy;

/// <summary>
/// Answers with a part of what the module holds about a user. Whoever asked asks again for the next part, so each transaction is short and
/// each message small, however much there is.
/// </summary>
internal sealed class PersonalDataHandler<TDatabase, TRequest, TPart>(
    TDatabase database,
    IEnumerable<IPersonalData<TDatabase>> data,
    IOutbox outbox,
    TimeProvider clock
) : IEventHandler<TRequest>
    where TDatabase : ModuleDatabase
    where TRequest : IPersonalDataRequest<TPart>
    where TPart : IEvent
{
    // Far below what a broker accepts as one message. A page that begins below it is added whole.
    private const int MaxLength = 128 * 1024;

    private readonly List<IPersonalData<TDatabase>> _data = [.. data];

    public async Task HandleAsync(TRequest message, UnitOfWork work, CancellationToken cancellationToken)
    {
        if ((message.OfModule is { } module && module != database.Module) || message.ExpiresAt <= clock.GetUtcNow())
            return;

        var (pages, next) = await ReadAsync(work, message.UserId, PlaceOf(message.Place), cancellationToken);
        var name = PersonalDataSeal.NameOf(message.ExportId, database.Module, message.Number, isLast: next is null);
        var content = PersonalDataSeal.Seal(message.PublicKey, name, PersonalDataPack.Write(pages));
        await outbox.AddAsync(work, message.Answer(database.Module, Convert.ToBase64String(content), next), cancellationToken);
    }

    private async Task<(List<(string File, IReadOnlyList<object> Items)> Pages, string? Next)> ReadAsync(
        DatabaseSession session,
        long userId,
        (int File, long After) place,
        CancellationToken cancellationToken
    )
    {
        var (pages, length) = (new List<(string, IReadOnlyList<object>)>(), 0);
        var (file, after) = place;
        while (file < _data.Count && length < MaxLength)
        {
            var page = await _data[file].ReadAsync(session, userId, after, cancellationToken);
            pages.Add((_data[file].File, page.Items));
            length += JsonSerializer.SerializeToUtf8Bytes(page.Items, PersonalDataPack.Format).Length;
            (file, after) = page.Next is { } next ? (file, next) : (file + 1, 0);
        }

        return (pages, file < _data.Count ? string.Create(CultureInfo.InvariantCulture, $"{file} {after}") : null);
    }

    private static (int File, long After) PlaceOf(string? place) =>
        place?.Split(' ') is [var file, var after]
            ? (int.Parse(file, CultureInfo.InvariantCulture), long.Parse(after, CultureInfo.InvariantCulture))
            : (0, 0);
}
