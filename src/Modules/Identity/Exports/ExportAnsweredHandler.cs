using Kumiko.BuildingBlocks.Messaging;
using Kumiko.Identity.Contracts;

namespace Kumiko.Identity.Exports;

/// <summary>
/// Collects a module's part of an export and asks for the next. A part of an export that nobody waits for any more is dropped.
/// </summary>
internal sealed class ExportAnsweredHandler(ExportSettings settings, IOutbox outbox, TimeProvider clock) : IEventHandler<ExportAnswered>
{
    public async Task HandleAsync(ExportAnswered message, UnitOfWork work, CancellationToken cancellationToken)
    {
        var export = await work.LockExportAsync(message.ExportId, clock.Now(), cancellationToken);
        if (export is null || !export.ModuleNames.Contains(message.Module))
            return;

        var content = Convert.FromBase64String(message.Content);
        var size = await work.ReadExportSizeAsync(export.UserId, message.Module, cancellationToken) + content.Length;
        var isCut = message.Next is not null && size >= settings.MaxSize;
        await work.InsertExportPartAsync(
            new ExportPartRow
            {
                UserId = export.UserId,
                Module = message.Module,
                Number = message.Number,
                IsLast = message.Next is null,
                IsCut = isCut,
                Size = content.Length,
                Content = content,
            },
            cancellationToken
        );
        if (message.Next is not null && !isCut)
            await outbox.AddAsync(work, export.Request(message.Module, message.Number + 1, message.Next), cancellationToken);
    }
}
