using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.BuildingBlocks.Data;

/// <summary>Deletes rows of a module's tables that are no longer needed.</summary>
internal sealed class RetentionJob<TDatabase>(
    TDatabase database,
    IEnumerable<RetentionRule<TDatabase>> tables,
    TimeProvider clock,
    ILogger<RetentionJob<TDatabase>> logger
) : BackgroundService
    where TDatabase : ModuleDatabase
{
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly List<(RetentionRule<TDatabase> Table, Outage Outage)> _tables =
    [
        .. tables.Select(table => (table, new Outage($"Sweeping a table of {database.Module}", logger))),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (table, outage) in _tables)
                    await outage.TryAsync(cancellationToken => ApplyAsync(table, cancellationToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping; the next process deletes the rest.
        }
    }

    private async Task ApplyAsync(RetentionRule<TDatabase> table, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        // Delete in small batches, so that a writer never waits long.
        while (await table.DeleteAsync(session, clock.Now(), BatchSize, cancellationToken) == BatchSize)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
    }
}
