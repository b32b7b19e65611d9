using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>
/// Finds posts, the newest first. The index names those that have every gram of the terms; then each is looked at itself, so that both
/// databases find
/// the same. It goes from segment to segment, so that a common word is answered from the newest, and a rare one passes over the others
/// quickly.
/// </summary>
internal sealed class PostSearch(PostsDatabase database, TimeProvider clock)
{
    // As many rows as wait for the index at the most, unless it is made anew.
    private const int MaxPending = 1_000;

    // In the first segments all grams are looked up, and in the rest those that were rarest there: a few tell nearly as much as all.
    private const int MaxGrams = 64;
    private const int RarestGrams = 5;
    private const int FirstSegments = 2;
    private const int MaxSegments = 256;
    private const int MaxPostsAtOnce = 100;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The newest posts that a query finds.</summary>
    /// <param name="query">What to look for.</param>
    /// <param name="userId">Only this author's posts, or everybody's.</param>
    /// <param name="before">Only posts with a smaller id.</param>
    /// <param name="take">How many at the most.</param>
    /// <param name="cancellationToken">Whoever asks gives up.</param>
    /// <returns>The posts, or <see cref="Errors.Unavailable"/> if it takes too long.</returns>
    public async ValueTask<ErrorOr<List<PostRow>>> FindAsync(
        SearchQuery query,
        long? userId,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(MaxTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await using var session = await database.OpenAsync(either.Token);
            // First: what goes from there into the index meanwhile is seen twice, and not overlooked.
            var pending = await session.ReadPendingPostsAsync(MaxPending, userId, before, either.Token);
            var seen = pending.Select(post => post.Id).ToHashSet();
            var found = query.FindAmong(pending, either.Token).ToList();
            found.AddRange(await FindIndexedAsync(session, query, seen, userId, before, take, either.Token));
            return found.OrderByDescending(post => post.Id).Take(take).ToList();
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested && (patience.IsCancellationRequested || DatabaseFailure.IsTimeout(e)))
        {
            return Errors.Unavailable("This search takes too long. Try again later, or search for longer words.", RetryAfter);
        }
    }

    private static async ValueTask<List<PostRow>> FindIndexedAsync(
        DatabaseSession session,
        SearchQuery query,
        HashSet<long> seen,
        long? userId,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        var found = new List<PostRow>();
        var grams = query.Grams.Take(MaxGrams).ToList();
        if (userId is { } author)
            grams.Add(Gram.Author(author));

        var last = await session.ReadLastSegmentAsync(Segment.Of(before), cancellationToken);
        for (var count = FirstSegments; last >= 0 && found.Count < take; count = Math.Min(count * 4, MaxSegments))
        {
            var segments = Enumerable.Range(0, (int)Math.Min(count, last.Value + 1)).Select(n => last.Value - n).ToList();
            var postings = (
                await session.ReadPostingsAsync(segments.SelectMany(segment => grams.Select(gram => (segment, gram))), cancellationToken)
            ).ToLookup(row => row.Segment, row => (row.Gram, Posts: PostSet.Read(row.Posts)));
            foreach (var segment in segments)
            {
                var candidates = Candidates(segment, [.. postings[segment].Select(row => row.Posts)], grams.Count)
                    .Where(id => id < before && !seen.Contains(id));
                foreach (var ids in candidates.Chunk(MaxPostsAtOnce))
                {
                    found.AddRange(query.FindAmong(await session.ReadPostsAsync(ids, userId, cancellationToken), cancellationToken));
                    if (found.Count >= take)
                        return found;
                }
            }

            if (count == FirstSegments && grams.Count > RarestGrams)
            {
                var counts = postings.SelectMany(rows => rows).ToLookup(row => row.Gram, row => row.Posts.Count);
                grams = [.. grams.OrderBy(gram => counts[gram].Sum()).Take(RarestGrams)];
            }

            last -= segments.Count;
            // Where ids were left out, by an import or a cluster, there may be any number of segments with nothing in them.
            if (postings.Count == 0 && last >= 0)
                last = await session.ReadLastSegmentAsync(last.Value, cancellationToken);
        }

        return found;
    }

    private static IEnumerable<long> Candidates(long segment, List<PostSet> postings, int grams)
    {
        if (postings.Count < grams)
            return [];

        foreach (var other in postings.Skip(1))
            postings[0].IntersectWith(other);
        return postings[0].NewestFirst().Select(place => Segment.PostAt(segment, place));
    }
}
