namespace Kumiko.Posts.Changes;

/// <summary>A committed change without a number.</summary>
internal sealed record UnnumberedChange
{
    /// <summary>Whether it is the creation of a post that the log does not contain yet.</summary>
    public bool IsPost { get; init; }

    /// <summary>The post, or the change in the log.</summary>
    public long Id { get; init; }

    /// <summary>The last change in the log when the post was inserted, 0 if there was none; otherwise the change itself.</summary>
    public long Place { get; init; }
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
    /// <param name="changes">The first changes of each kind, by place and id, as they were at one moment.</param>
    /// <param name="batchSize">How many of each kind were read at most.</param>
    public static List<UnnumberedChange> Of(IReadOnlyList<UnnumberedChange> changes, int batchSize)
    {
        var end = changes
            .GroupBy(change => change.IsPost)
            .Where(kind => kind.Count() == batchSize)
            .Select(kind => kind.Last().Place)
            .DefaultIfEmpty(long.MaxValue)
            .Min();

        // A post that was new after change 7 comes between the changes 7 and 8.
        return
        [
            .. changes
                .Where(change => change.Place <= end)
                .OrderBy(change => change.Place)
                .ThenBy(change => change.IsPost)
                .ThenBy(change => change.Id),
        ];
    }
}
