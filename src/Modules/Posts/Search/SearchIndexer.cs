using Kumiko.BuildingBlocks.Background;
using Kumiko.Posts.Changes;
using Microsoft.Extensions.Logging;

namespace Kumiko.Posts.Search;

/// <summary>
/// Adds changes of posts to the index in batches, after the commit: writers do not wait for it, and only one process at a time writes a row
/// that thousands of posts share. Posts that are still waiting are found all the same, since a search reads them too.
/// </summary>
internal sealed class SearchIndexer(PostsDatabase database, ChangeLog log, ILogger<SearchIndexer> logger)
    : WakeableService(log.PostsCommitted, PollInterval, new Outage("The search index", logger))
{
    private const int MaxPosts = 1_000;

    // How much text to fold before any of it is in the index; many short posts have less.
    private const int MaxCharacters = 400_000;

    // A batch is one transaction. On SQLite other writers wait for it. Elsewhere a larger batch saves work, since its posts share rows.
    private readonly int _maxRows = database.Provider == DatabaseProvider.Sqlite ? 10_000 : 40_000;

    /// <summary>How often to look for changes that other instances wrote but did not index.</summary>
    internal static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    // Posts share rows, so indexing several together costs less.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    protected override TimeSpan PauseBetweenRuns => TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Adds some pending changes to the index and returns their number: 0 if there are none, or if another process is indexing.
    /// </summary>
    internal async Task<int> IndexAsync(CancellationToken cancellationToken)
    {
        // Before the transaction: a post can take long to fold, and on SQLite every writer would wait for it.
        var grams = await ReadGramsAsync(cancellationToken);
        if (grams.Count == 0)
            return 0;

        await using var work = await database.BeginAsync(cancellationToken);
        if (!await work.LockIndexAsync(cancellationToken))
            return 0;

        var rows = new List<SearchIndexQuery.PendingRow>();
        var postings = new Dictionary<(long Segment, long Gram), PostSet>();
        var (before, now) = (new List<((long, long) Row, int Place)>(), new List<((long, long) Row, int Place)>());
        foreach (var row in await work.ReadPendingAsync(MaxPosts, cancellationToken))
        {
            // A change that was written meanwhile is indexed next time.
            if (!grams.ContainsKey((row.ContentBefore ?? "", row.UserId)) || !grams.ContainsKey((row.Content ?? "", row.UserId)))
                continue;
            Add(before, row.ContentBefore, row);
            Add(now, row.Content, row);
            rows.Add(row);
            if (postings.Count >= _maxRows)
                break;
        }

        if (rows.Count == 0)
            return 0;

        foreach (var row in await work.ReadPostingsAsync(postings.Keys, cancellationToken))
            postings[(row.Segment, row.Gram)] = PostSet.Read(row.Posts);
        // Remove the earlier text first, so that the grams that it shares with the new one stay.
        foreach (var (row, place) in before)
            postings[row].Remove(place);
        foreach (var (row, place) in now)
            postings[row].Add(place);

        await work.WritePostingsAsync(postings, cancellationToken);
        await work.RemovePendingAsync(rows, cancellationToken);
        await work.CommitAsync();
        return rows.Count;

        void Add(List<((long, long) Row, int Place)> places, string? content, SearchIndexQuery.PendingRow post)
        {
            if (content is null)
                return;

            foreach (var gram in grams[(content, post.UserId)])
            {
                var row = (Segment.Of(post.PostId), gram);
                if (!postings.ContainsKey(row))
                    postings.Add(row, new PostSet());
                places.Add((row, Segment.Place(post.PostId)));
            }
        }
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken) => await IndexAsync(cancellationToken) > 0;

    protected override async Task WaitForWorkAsync(CancellationToken cancellationToken)
    {
        await base.WaitForWorkAsync(cancellationToken);
        await Task.Delay(Gathering, cancellationToken);
    }

    // The grams of the next posts, before and after their change. An empty text stands for a post that does not exist.
    private async Task<Dictionary<(string Content, long UserId), HashSet<long>>> ReadGramsAsync(CancellationToken cancellationToken)
    {
        var grams = new Dictionary<(string Content, long UserId), HashSet<long>>();
        List<SearchIndexQuery.PendingRow> rows;
        await using (var session = await database.OpenAsync(cancellationToken))
        {
            if (!await session.HasPendingAsync(cancellationToken))
                return grams;
            rows = await session.ReadPendingAsync(MaxPosts, cancellationToken);
        }

        var characters = 0;
        var distinct = new HashSet<long>();
        foreach (var row in rows)
        {
            foreach (var content in (string[])[row.ContentBefore ?? "", row.Content ?? ""])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!grams.TryGetValue((content, row.UserId), out var found))
                    grams.Add((content, row.UserId), found = Gram.OfPost(SearchText.OfPost(content), row.UserId));
                distinct.UnionWith(found);
                characters += content.Length;
            }

            if (characters > MaxCharacters || distinct.Count >= _maxRows)
                break;
        }

        return grams;
    }
}
