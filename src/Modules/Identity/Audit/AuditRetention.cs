using Kumiko.BuildingBlocks.Background;
using Microsoft.Extensions.Logging;

namespace Kumiko.Identity.Audit;

/// <summary>Deletes entries that are old enough, from the beginning of the chain, and moves the anchor on which the rest builds.</summary>
internal sealed class AuditRetention(
    IdentityDatabase database,
    AuditChain chain,
    AuditSettings settings,
    TimeProvider clock,
    ILogger<AuditRetention> logger
) : PeriodicService(Interval, clock)
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock = clock;
    private readonly Outage _outage = new("Deleting old entries of the audit trail", logger);

    /// <summary>Deletes everything that is old enough.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        while (await DeleteBatchAsync(cancellationToken) == BatchSize)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, cancellationToken);
    }

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => _outage.TryAsync(ApplyAsync, cancellationToken);

    private async Task<int> DeleteBatchAsync(CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var head = await work.LockAuditHeadAsync(cancellationToken);
        var rows = await work.ReadAuditAfterAsync(head.AnchorId, head.LastId, BatchSize, cancellationToken);
        var old = rows.TakeWhile(row => row.At < _clock.Now() - settings.Kept).ToList();
        if (old.Count == 0)
            return 0;

        // Whoever changed the chain must not get a valid anchor for it: leave it to be found.
        if (!chain.IsSealed(head))
            return 0;

        await work.DeleteAuditUntilAsync(old[^1].Id, cancellationToken);
        await work.WriteAuditHeadAsync(chain.Seal(head with { AnchorId = old[^1].Id, AnchorHash = old[^1].Hash }), cancellationToken);
        await work.CommitAsync();
        return old.Count;
    }
}
