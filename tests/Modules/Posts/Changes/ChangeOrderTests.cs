using CsCheck;
using Kumiko.Posts.Changes;
using Xunit;

namespace Kumiko.Posts.Tests.Changes;

public sealed class ChangeOrderTests
{
    // Each is a change, or a post that is new after the changes before it.
    private static readonly Gen<(bool IsPost, long Id)[]> Histories = Gen
        .Bool.Array[0, 40]
        .Select(kinds => kinds.Select((isPost, place) => (isPost, place + 1L)).ToArray());

    [Fact]
    public void Any_history_is_numbered_in_its_order_in_batches_of_any_size() =>
        Gen.Select(Histories, Gen.Int[1, 10])
            .Sample(
                (history, batchSize) =>
                {
                    var changes = history
                        .Select(one => new UnnumberedChange
                        {
                            IsPost = one.IsPost,
                            Id = one.Id,
                            Place = history.LastOrDefault(other => !other.IsPost && other.Id <= one.Id).Id,
                        })
                        .ToList();
                    var numbered = new List<(bool, long)>();
                    while (changes.Count > 0)
                    {
                        var waiting = changes.GroupBy(change => change.IsPost).SelectMany(kind => kind.Take(batchSize)).ToList();
                        var batch = ChangeOrder.Of(waiting, batchSize);
                        Assert.NotEmpty(batch);
                        numbered.AddRange(batch.Select(change => (change.IsPost, change.Id)));
                        changes.RemoveAll(batch.Contains);
                    }

                    Assert.Equal(history, numbered);
                }
            );
}
