using Kumiko.BuildingBlocks.Background;
using Kumiko.Posts.Changes;
using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// Numbers committed changes in the one order that every reader sees. A change gets its id before its transaction commits, so a smaller id
/// may appear later, and a reader that has passed it would miss it. A seq is assigned after the commit, under a lock that is held until the
/// numbering commits: later changes have greater numbers, without gaps. Every instance does this, so none is missed when one dies.
/// </summary>
/// <remarks>
/// Creations are recorded here as well, many at once: a post is inserted as new, which is the only mark of its creation until then.
/// </remarks>
internal sealed class ChangeSequencer(PostsDatabase database, ChangeLog log, ChangeFeed feed, ILogger<ChangeSequencer> logger)
    : WakeableService(log.Committed, PollInterval, new Outage("The order of changes", logger))
{
    private const int BatchSize = 500;

    /// <summary>How often to look for changes that their own instance did not number, since it died after the commit.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    // Under load one transaction then numbers the commits of several writers.
    protected override TimeSpan PauseBetweenRuns => TimeSpan.FromMilliseconds(10);

    /// <summary>Numbers committed changes that have no number and returns how many they were.</summary>
    internal async Task<int> NumberAsync(CancellationToken cancellationToken)
    {
        // Usually there is nothing to do, so look before taking the lock.
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            if (!await session.HasUnnumberedAsync(cancellationToken))
                return 0;
        }

        ILookup<bool, NumberedChange> numbered;
        await using (var work = await database.BeginAsync(cancellationToken))
        {
            var last = await work.LockCounterAsync(cancellationToken);
            var order = ChangeOrder.Of(await work.ReadUnnumberedAsync(BatchSize, cancellationToken), BatchSize);
            var posts = order.Where(change => change.IsPost).Select(change => change.Id).ToList();
            if (posts.Count > 0)
            {
                var locked = (await work.LockNewPostsAsync(posts, cancellationToken)).ToHashSet();
                order.RemoveAll(change => change.IsPost && !locked.Contains(change.Id));
            }

            numbered = order.Index().ToLookup(one => one.Item.IsPost, one => new NumberedChange(one.Item.Id, last + 1 + one.Index));
            if (numbered.Contains(false))
                await work.NumberAsync(numbered[false], cancellationToken);
            if (numbered.Contains(true))
                await work.AddCreatedAsync(numbered[true], cancellationToken);
            work.MoveCounter(last + order.Count);
            await work.CommitAsync();
        }

        if (numbered.Contains(true))
            log.PostsCommitted.Wake();
        feed.Wake();
        return numbered.Sum(kind => kind.Count());
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken) => await NumberAsync(cancellationToken) > 0;
}
