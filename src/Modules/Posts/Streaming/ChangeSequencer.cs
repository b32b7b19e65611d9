using Kumiko.BuildingBlocks.Background;
using Kumiko.Posts.Changes;
using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// Numbers committed changes in the one order that every reader sees. A change gets its id before its transaction commits, so a smaller id
/// may appear later, and a reader that has passed it would miss it. A seq is assigned after the commit, under a lock that is held until the
/// numbering commits: later changes have greater numbers, without gaps. Every instance does this, so none is missed when one dies.
/// </summary>
internal sealed class ChangeSequencer(PostsDatabase database, ChangeLog log, ChangeFeed feed, ILogger<ChangeSequencer> logger)
    : WakeableService(log.Committed, PollInterval, new Outage("The order of changes", logger))
{
    private const int BatchSize = 500;

    /// <summary>How often to look for changes that their own instance did not number.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // Under load one transaction then numbers the commits of several writers.
    protected override TimeSpan PauseBetweenRuns => TimeSpan.FromMilliseconds(10);

    /// <summary>Numbers committed changes that have no number, at most <see cref="BatchSize"/>, and returns how many they were.</summary>
    internal async Task<int> NumberAsync(CancellationToken cancellationToken)
    {
        // Usually there is nothing to do, so look before taking the lock.
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

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken) => await NumberAsync(cancellationToken) > 0;
}
