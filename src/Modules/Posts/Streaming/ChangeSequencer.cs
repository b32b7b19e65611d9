using Kumiko.BuildingBlocks.Background;
using Kumiko.Posts.Changes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// Gives committed changes their places in the one order that every reader sees. The id of a change is given before its transaction
/// commits, so
/// a smaller one may appear later, and a reader that has passed it would miss it. A seq is given afterwards, under a lock that is held to
/// the
/// commit: what appears later has a greater one, without holes. Every instance does this, so none is missed when one dies.
/// </summary>
internal sealed class ChangeSequencer(PostsDatabase database, ChangeLog log, ChangeFeed feed, ILogger<ChangeSequencer> logger)
    : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>How often to look for changes whose own instance did not number them.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // Under load one transaction then numbers what several writers committed.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromSeconds(1);

    private readonly Outage _outage = new("The order of changes", logger);

    /// <summary>Numbers what is committed and has no number, at most <see cref="BatchSize"/>, and returns how many that were.</summary>
    internal async Task<int> NumberAsync(CancellationToken cancellationToken)
    {
        // Mostly there is nothing to do, and the lock is for those who have.
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            if (!await session.HasUnnumberedAsync(cancellationToken))
                return 0;
        }

        int count;
        await using (var work = await database.BeginAsync(cancellationToken))
        {
            var last = await work.LockCounterAsync(cancellationToken);
            var ids = await work.ReadUnnumberedAsync(BatchSize, cancellationToken);
            count = ids.Count;
            if (count == 0)
                return 0;

            await work.NumberAsync(ids, last, cancellationToken);
            await work.CommitAsync();
        }

        feed.Wake();
        return count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var count = 0;
                if (!await _outage.TryAsync(async cancellationToken => count = await NumberAsync(cancellationToken), stoppingToken))
                    await Task.Delay(PauseWhileAway, stoppingToken);
                else if (count > 0)
                    await Task.Delay(Pause, stoppingToken);
                else
                    await log.Committed.WaitAsync(PollInterval, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; another instance, or this one at its next start, numbers the rest.
        }
    }
}
