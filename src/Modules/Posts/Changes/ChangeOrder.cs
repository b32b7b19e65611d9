namespace Kumiko.Posts.Changes;

/// <summary>A post whose creation is not in the log yet.</summary>
internal sealed record NewPost
{
    public long Id { get; init; }

    /// <summary>The last change in the log when the post was inserted; 0 if there was none.</summary>
    public long NewAfter { get; init; }
}

/// <summary>The number of a change.</summary>
/// <param name="Id">The change, or the post that was created.</param>
/// <param name="Seq">Its number.</param>
internal sealed record NumberedChange(long Id, long Seq);

/// <summary>
/// The order of changes in the log and of posts that are not in it yet: whatever was committed before something else began comes first.
/// </summary>
internal static class ChangeOrder
{
    /// <summary>Orders a batch. What is behind a part that may have been left out waits for the next batch.</summary>
    /// <param name="changes">The first changes without a number, in the order of their ids.</param>
    /// <param name="posts">The first new posts, in their order.</param>
    /// <param name="batchSize">How many of each were read at most.</param>
    public static List<(bool IsPost, long Id)> Of(IReadOnlyList<long> changes, IReadOnlyList<NewPost> posts, int batchSize)
    {
        var end = long.MaxValue;
        if (changes.Count == batchSize)
            end = changes[^1];
        if (posts.Count == batchSize)
            end = Math.Min(end, posts[^1].NewAfter);

        // A post that was new after change 7 comes between the changes 7 and 8.
        return changes
            .Select(id => (After: id, IsPost: false, Id: id))
            .Concat(posts.Select(post => (After: post.NewAfter, IsPost: true, post.Id)))
            .Where(one => one.After <= end)
            .Order()
            .Select(one => (one.IsPost, one.Id))
            .ToList();
    }
}
