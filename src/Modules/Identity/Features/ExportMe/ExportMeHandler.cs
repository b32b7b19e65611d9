using Kumiko.BuildingBlocks.Messaging;
using Kumiko.BuildingBlocks.Modules;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Exports;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.ExportMe;

/// <summary>Collects everything that is held about the user.</summary>
/// <param name="User">The user.</param>
internal sealed record ExportMe(CurrentUser User) : ICommand<ErrorOr<ExportState>>;

/// <summary>How far an export is.</summary>
/// <param name="Export">The export.</param>
/// <param name="WaitingFor">The modules whose parts have not arrived yet; none if it can be sent.</param>
internal sealed record ExportState(ExportRow Export, IReadOnlyList<string> WaitingFor);

internal sealed class ExportMeHandler(
    IdentityDatabase database,
    InstalledModules installed,
    ExportSettings settings,
    ExportKeys keys,
    ExportAttempts attempts,
    IOutbox outbox,
    AuditTrail audit,
    TimeProvider clock
) : ICommandHandler<ExportMe, ErrorOr<ExportState>>
{
    // Most exports are collected within this time, so that most clients need no second request.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public async ValueTask<ErrorOr<ExportState>> Handle(ExportMe command, CancellationToken cancellationToken)
    {
        var export = await FindOrBeginAsync(command.User, cancellationToken);
        if (export.IsError)
            return export.Errors;

        var until = clock.GetUtcNow() + MaxWait;
        var state = await ReadAsync(export.Value, cancellationToken);
        while (state.WaitingFor.Count > 0 && clock.GetUtcNow() < until)
        {
            await Task.Delay(Interval, clock, cancellationToken);
            state = await ReadAsync(export.Value, cancellationToken);
        }

        if (state.WaitingFor.Count == 0)
            await RecordAsync(command.User, "downloaded", cancellationToken);
        return state;
    }

    private async ValueTask<ErrorOr<ExportRow>> FindOrBeginAsync(CurrentUser user, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        await using var work = await database.BeginAsync(cancellationToken);
        if (await work.LockOwnUserAsync(user, now, cancellationToken) is null)
            return IdentityErrors.SessionEnded;
        if (await work.ReadExportAsync(user.Id, now, cancellationToken) is { } known)
            return known;

        var open = await attempts.CountAsync(work, user.Id, cancellationToken);
        if (open.IsError)
            return open.Errors;

        var id = Guid.CreateVersion7(now).ToString();
        var (publicKey, privateKey) = keys.Create(id);
        var export = new ExportRow
        {
            UserId = user.Id,
            ExportId = id,
            Modules = string.Join(',', installed.Names.Where(name => name != IdentityDatabase.ModuleName)),
            PublicKey = publicKey,
            PrivateKey = privateKey,
            CreatedAt = now,
            ExpiresAt = now + settings.Kept,
        };
        await work.ReplaceExportAsync(export, cancellationToken);
        await outbox.AddAsync(work, export.Request(), cancellationToken);
        audit.Record(work, EntryOf(user, "requested"));
        await work.CommitAsync();
        return export;
    }

    private async ValueTask<ExportState> ReadAsync(ExportRow export, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var answered = await session.ReadAnsweredModulesAsync(export.UserId, cancellationToken);
        return new ExportState(export, [.. export.ModuleNames.Except(answered)]);
    }

    private async ValueTask RecordAsync(CurrentUser user, string details, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        audit.Record(work, EntryOf(user, details));
        await work.CommitAsync();
    }

    private static AuditEntry EntryOf(CurrentUser user, string details) =>
        new(AuditAction.DataExport, user.Id, user.Id) { SessionId = user.SessionId, Details = details };
}
