using Kumiko.BuildingBlocks.Background;
using Kumiko.BuildingBlocks.Data;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Retention;

/// <summary>Deletes rows of a module's tables that are no longer needed.</summary>
internal sealed class RetentionJob<TDatabase>(
    TDatabase database,
    IEnumerable<RetentionRule<TDatabase>> tables,
    TimeProvider clock,
    ILogger<RetentionJob<TDatabase>> logger
) : PeriodicService(Interval, clock, startsAtOnce: true)
    where TDatabase : ModuleDatabase
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock = clock;
    private readonly List<(RetentionRule<TDatabase> Table, Outage Outage)> _tables =
    [
        .. tables.Select(table => (table, new Outage($"Sweeping a table of {database.Module}", logger))),
    ];

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, outage) in _tables)
            await outage.TryAsync(cancellation => ApplyAsync(table, cancellation), cancellationToken);
    }

    private async Task ApplyAsync(RetentionRule<TDatabase> table, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        // Delete in small batches, so that a writer never waits long.
        while (await table.DeleteAsync(session, _clock.Now(), BatchSize, cancellationToken) == BatchSize)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock, cancellationToken);
    }
}
