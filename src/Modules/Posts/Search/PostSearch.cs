using Kumiko.Posts.Content;

namespace Kumiko.Posts.Search;

/// <summary>
/// Finds posts, newest first. The index names the posts that have every gram of the terms, and then each post is checked itself, so that
/// both databases find the same. The search goes segment by segment: a common word is answered from the newest, and a rare word skips
/// the others quickly.
/// </summary>
internal sealed class PostSearch(PostsDatabase database, TimeProvider clock)
{
    // The most rows that wait for the index, except while it is rebuilt.
    private const int MaxPending = 1_000;

    // The first segments look up all grams, the rest only those that were rarest there, the rarest one first: a few narrow the search
    // nearly as well as all.
    private const int MaxGrams = 64;
    private const int RarestGrams = 5;
    private const int FirstSegments = 2;
    private const int MaxSegments = 256;
    private const int MaxPostsAtOnce = 100;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Finds the newest posts that match a query.</summary>
    /// <param name="query">The parsed query.</param>
    /// <param name="userId">Only this author's posts; null for all authors.</param>
    /// <param name="before">Only posts with a smaller id.</param>
    /// <param name="take">The maximum number of posts.</param>
    /// <param name="cancellationToken">The caller gives up.</param>
    /// <returns>The posts, or <see cref="Errors.Unavailable"/> if it takes too long.</returns>
    public async ValueTask<ErrorOr<List<PostRow>>> FindAsync(
        SearchQuery query,
        long? userId,
        long before,
        int take,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(MaxTime, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await using var session = await database.OpenAsync(either.Token);
            // Read this first: a row that moves into the index meanwhile is then seen twice instead of being missed.
            var pending = await session.ReadPendingPostsAsync(MaxPending, userId, before, either.Token);
            var seen = pending.Select(post => post.Id).ToHashSet();
            var found = query.FindAmong(pending, either.Token).ToList();
            found.AddRange(await FindIndexedAsync(session, query, seen, userId, before, take, either.Token));
            return found.OrderByDescending(post => post.Id).Take(take).ToList();
        }
        catch (Exception e)
            when (!cancellationToken.IsCancellationRequested && (timeout.IsCancellationRequested || DatabaseFailure.IsTimeout(e)))
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
            var postings = await ReadPostingsAsync(session, segments, grams, count == FirstSegments ? grams.Count : 1, cancellationToken);
            // Counted here, because the candidates intersect the sets.
            var next = count == FirstSegments ? Rarest(grams, postings) : grams;
            // Of all segments together: one false candidate in each would otherwise cost a query each.
            var candidates = segments
                .SelectMany(segment => Candidates(segment, [.. postings[segment].Select(row => row.Posts)], grams.Count))
                .Where(id => id < before && !seen.Contains(id));
            foreach (var ids in candidates.Chunk(MaxPostsAtOnce))
            {
                found.AddRange(query.FindAmong(await session.ReadPostsAsync(ids, userId, cancellationToken), cancellationToken));
                if (found.Count >= take)
                    return found;
            }

            grams = next;
            last -= segments.Count;
            // An import or a cluster can leave gaps in the ids, so any number of segments may be empty.
            if (postings.Count == 0 && last >= 0)
                last = await session.ReadLastSegmentAsync(last.Value, cancellationToken);
        }

        return found;
    }

    /// <summary>
    /// The rows of segments for grams: those of the first grams, and the others only in segments that have one of these. Each row is a page
    /// to read, and a segment without the rarest gram needs no other.
    /// </summary>
    private static async ValueTask<ILookup<long, (long Gram, PostSet Posts)>> ReadPostingsAsync(
        DatabaseSession session,
        IEnumerable<long> segments,
        List<long> grams,
        int first,
        CancellationToken cancellationToken
    )
    {
        var rows = await session.ReadPostingsAsync(Places(segments, grams.Take(first)), cancellationToken);
        if (first < grams.Count && rows.Count > 0)
            rows.AddRange(await session.ReadPostingsAsync(Places(rows.Select(row => row.Segment), grams.Skip(first)), cancellationToken));
        return rows.ToLookup(row => row.Segment, row => (row.Gram, PostSet.Read(row.Posts)));

        static IEnumerable<(long, long)> Places(IEnumerable<long> segments, IEnumerable<long> grams) =>
            segments.SelectMany(segment => grams.Select(gram => (segment, gram)));
    }

    private static List<long> Rarest(IEnumerable<long> grams, ILookup<long, (long Gram, PostSet Posts)> postings)
    {
        var counts = postings.SelectMany(rows => rows).ToLookup(row => row.Gram, row => row.Posts.Count);
        return [.. grams.OrderBy(gram => counts[gram].Sum()).Take(RarestGrams)];
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
