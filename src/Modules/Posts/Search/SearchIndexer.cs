using Kumiko.BuildingBlocks.Data;
using Kumiko.Posts.Changes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Search;

/// <summary>
/// Brings what happened to posts into the index, many at a time, after it happened: who writes does not wait for it, and a row that thousands of posts
/// share is written by one at a time. What waits here is found all the same, since a search reads it too.
/// </summary>
internal sealed class SearchIndexer(PostsDatabase database, TimeProvider clock, ILogger<SearchIndexer> logger) : BackgroundService
{
    private const int MostPosts = 500;

    // A batch is one transaction, and on SQLite other writers wait for it.
    private const int MostCharacters = 20_000;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseBetweenBatches = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromSeconds(1);

    private readonly Outage _outage = new("The search index", logger);

    /// <summary>Brings some of what is pending into the index, and returns how much that was: 0 if nothing is, or if another process is at it.</summary>
    internal async Task<int> IndexAsync(CancellationToken cancellation)
    {
        await using (var session = await database.OpenAsync(cancellation))
        {
            if (!await session.HasPendingAsync(cancellation))
                return 0;
        }

        await using var work = await database.BeginAsync(cancellation);
        if (!await work.TakeTurnAsync(cancellation))
            return 0;

        var rows = Batch(await work.ReadPendingAsync(MostPosts, cancellation));
        if (rows.Count == 0)
            return 0;

        // What a post said before goes first, so that what it still says stays.
        var (before, now) = (new Dictionary<long, HashSet<long>>(), new Dictionary<long, HashSet<long>>());
        foreach (var row in rows)
        {
            if (row.ContentBefore is not null)
                Grams(before, row).UnionWith(Gram.OfPost(SearchText.Fold(row.ContentBefore), row.UserId));
            if (row.Content is not null)
                now[row.PostId] = Gram.OfPost(SearchText.Fold(row.Content), row.UserId);
        }

        var postings = Places(before).Concat(Places(now)).Select(place => place.Place).Distinct().ToDictionary(place => place, _ => new PostSet());
        foreach (var row in await work.ReadPostingsAsync(postings.Keys, cancellation))
            postings[(row.Segment, row.Gram)] = PostSet.Read(row.Posts);
        foreach (var (place, postId) in Places(before))
            postings[place].Remove(Segment.Place(postId));
        foreach (var (place, postId) in Places(now))
            postings[place].Add(Segment.Place(postId));

        await work.WritePostingsAsync(postings, cancellation);
        await work.RemovePendingAsync(rows, cancellation);
        await work.CommitAsync();
        return rows.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var pause = await TryIndexAsync(stoppingToken) switch
                {
                    null => PauseWhileAway,
                    0 => PollInterval,
                    _ => PauseBetweenBatches,
                };
                await Task.Delay(pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; another instance, or this one at its next start, indexes the rest.
        }
    }

    private async Task<int?> TryIndexAsync(CancellationToken cancellation)
    {
        try
        {
            var count = await IndexAsync(cancellation);
            _outage.Ended();
            return count;
        }
        catch (Exception e) when (DatabaseFailure.IsDeadlock(e))
        {
            return 0;
        }
        catch (Exception e) when (DatabaseFailure.IsUnavailable(e))
        {
            _outage.Began(e);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whatever it is, reading and writing are not to stop because of it.
            logger.LogError(e, "Posts could not be brought into the search index; trying again");
            return null;
        }
    }

    private static List<SearchIndexQuery.PendingRow> Batch(List<SearchIndexQuery.PendingRow> rows)
    {
        var characters = 0;
        return [.. rows.TakeWhile((row, n) => (characters += (row.Content?.Length ?? 0) + (row.ContentBefore?.Length ?? 0)) <= MostCharacters || n == 0)];
    }

    private static HashSet<long> Grams(Dictionary<long, HashSet<long>> grams, SearchIndexQuery.PendingRow row) =>
        grams.TryGetValue(row.PostId, out var set) ? set : grams[row.PostId] = [];

    private static IEnumerable<((long Segment, long Gram) Place, long PostId)> Places(Dictionary<long, HashSet<long>> grams) =>
        grams.SelectMany(post => post.Value.Select(gram => ((Segment.Of(post.Key), gram), post.Key)));
}
