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
                    var changes = history.Where(one => !one.IsPost).Select(one => one.Id).ToList();
                    var posts = history
                        .Where(one => one.IsPost)
                        .Select(post => new NewPost { Id = post.Id, NewAfter = changes.LastOrDefault(id => id < post.Id) })
                        .ToList();
                    var numbered = new List<(bool, long)>();
                    while (changes.Count + posts.Count > 0)
                    {
                        var batch = ChangeOrder.Of([.. changes.Take(batchSize)], [.. posts.Take(batchSize)], batchSize);
                        Assert.NotEmpty(batch);
                        numbered.AddRange(batch);
                        changes.RemoveAll(id => batch.Contains((false, id)));
                        posts.RemoveAll(post => batch.Contains((true, post.Id)));
                    }

                    Assert.Equal(history, numbered);
                }
            );
}
