using System.Text;
using System.Text.Json;
using CsCheck;
using Kumiko.Posts.Changes;
using Kumiko.Posts.Streaming;
using Xunit;

namespace Kumiko.Posts.Tests.Streaming;

public sealed class ChangeRingTests
{
    private const int Capacity = 4;
    private const int Plenty = 1_000_000;

    private static readonly JsonSerializerOptions Json = JsonSerializerOptions.Default;

    [Fact]
    public void A_ring_that_is_not_started_leaves_every_reader_to_the_database()
    {
        var ring = new ChangeRing(Capacity, Plenty, Json);
        Assert.Null(ring.Last);
        Assert.Null(ring.After(0, Plenty));

        ring.StartAfter(7);
        Assert.Equal(7, ring.Last);
        ring.Stop();
        Assert.Null(ring.Last);
        Assert.Null(ring.After(7, Plenty));
    }

    [Fact]
    public void A_reader_receives_what_was_added_after_its_position_in_order()
    {
        var ring = Filled(1, 2, 3);
        Assert.Equal([1, 2, 3], Seqs(ring.After(0, Plenty)));
        Assert.Equal([3], Seqs(ring.After(2, Plenty)));
    }

    [Fact]
    public void A_reader_at_the_head_receives_nothing_and_needs_no_database()
    {
        var ring = Filled(1, 2);
        Assert.Empty(ring.After(2, Plenty)!);
        // Ahead of this instance, which has yet to read what another one has sent.
        Assert.Empty(ring.After(3, Plenty)!);
        ring.StartAfter(9);
        Assert.Empty(ring.After(9, Plenty)!);
    }

    [Fact]
    public void A_full_ring_drops_the_oldest_change_for_each_new_one()
    {
        var ring = Filled(1, 2, 3, 4, 5, 6);
        Assert.Equal([3, 4, 5, 6], Seqs(ring.After(2, Plenty)));
        Assert.Equal(6, ring.Last);
    }

    [Fact]
    public void A_reader_whose_next_change_was_dropped_is_too_late()
    {
        var ring = Filled(1, 2, 3, 4, 5, 6);
        Assert.Null(ring.After(1, Plenty));
        Assert.NotNull(ring.After(2, Plenty));
    }

    [Fact]
    public void A_reader_from_before_the_start_is_too_late()
    {
        var ring = new ChangeRing(Capacity, Plenty, Json);
        ring.StartAfter(10);
        ring.Add(Change(11));
        Assert.Null(ring.After(9, Plenty));
        Assert.Equal([11], Seqs(ring.After(10, Plenty)));
    }

    [Fact]
    public void A_gap_empties_the_ring()
    {
        var ring = Filled(1, 2, 5);
        Assert.Null(ring.After(2, Plenty));
        Assert.Null(ring.After(3, Plenty));
        Assert.Equal([5], Seqs(ring.After(4, Plenty)));
    }

    [Fact]
    public void Pages_lead_through_every_change_once()
    {
        var ring = Filled(1, 2, 3, 4, 5);
        var (seen, position) = (new List<long>(), 1L);
        while (ring.After(position, take: 3) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 3);
            Assert.True(page[^1].Seq > position);
            seen.AddRange(Seqs(page));
            position = page[^1].Seq;
        }

        Assert.Equal([2, 3, 4, 5], seen);
    }

    [Fact]
    public void Long_changes_drop_as_many_old_ones_as_their_bytes_need()
    {
        var size = Change(1, "xxxxxxxxxx").Frame.Length;
        var ring = new ChangeRing(Capacity, maxBytes: 2 * size, Json);
        ring.StartAfter(0);
        for (var seq = 1; seq <= 3; seq++)
            ring.Add(Change(seq, "xxxxxxxxxx"));
        Assert.Null(ring.After(0, Plenty));
        Assert.Equal([2, 3], Seqs(ring.After(1, Plenty)));
    }

    [Fact]
    public void A_change_that_is_too_long_for_the_ring_is_left_to_the_database()
    {
        var ring = new ChangeRing(Capacity, maxBytes: Change(1).Frame.Length, Json);
        ring.StartAfter(0);
        ring.Add(Change(1, new string('x', 1_000)));
        Assert.Null(ring.After(0, Plenty));
        Assert.Empty(ring.After(1, Plenty)!);
        ring.Add(Change(2));
        Assert.Equal([2], Seqs(ring.After(1, Plenty)));
    }

    [Theory]
    [InlineData(ChangeKind.Updated)]
    [InlineData(ChangeKind.Deleted)]
    public void A_later_change_of_a_post_removes_its_earlier_texts_alone(string kind)
    {
        var ring = new ChangeRing(Capacity, Plenty, Json);
        ring.StartAfter(0);
        ring.Add(Change(1, "secret", post: 5));
        ring.Add(Change(2, "of another post", post: 6));
        ring.Add(Change(3, "new", post: 5, kind));

        var frames = ring.After(0, Plenty)!.Select(change => Encoding.UTF8.GetString(change.Frame)).ToList();
        Assert.DoesNotContain("secret", frames[0], StringComparison.Ordinal);
        Assert.Contains("of another post", frames[1], StringComparison.Ordinal);
        Assert.Equal(kind == ChangeKind.Updated, frames[2].Contains("new", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_of_a_removed_text_are_free_again()
    {
        var text = new string('x', 1_000);
        var ring = new ChangeRing(Capacity, maxBytes: Change(1, text).Frame.Length + (2 * Change(1).Frame.Length), Json);
        ring.StartAfter(0);
        ring.Add(Change(1, text, post: 5));
        ring.Add(Change(2, content: null, post: 5, ChangeKind.Deleted));
        ring.Add(Change(3, text, post: 6));
        Assert.Equal([1, 2, 3], Seqs(ring.After(0, Plenty)));
    }

    [Fact]
    public void It_says_what_a_list_of_everything_would_say() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[100, 600], Gen.Select(Gen.Int[1, 2], Gen.Int[0, 200]).Array[0, 30])
            .Sample(
                (capacity, maxBytes, steps) =>
                {
                    var ring = new ChangeRing(capacity, maxBytes, Json);
                    ring.StartAfter(0);
                    var (all, seq) = (new List<ChangeEvent>(), 0L);
                    foreach (var (step, length) in steps)
                    {
                        // A step of two leaves a gap.
                        seq += step;
                        if (step > 1)
                            all.Clear();
                        all.Add(Change(seq, new string('x', length)));
                        ring.Add(all[^1]);
                        while (all.Count > capacity || all.Sum(change => change.Frame.Length) > maxBytes)
                            all.RemoveAt(0);

                        for (var position = 0L; position <= seq; position++)
                        {
                            var isHere = position >= (all.Count > 0 ? all[0].Seq - 1 : seq);
                            Assert.Equal(isHere ? all.Where(change => change.Seq > position).Take(2) : null, ring.After(position, take: 2));
                        }
                    }
                }
            );

    private static ChangeRing Filled(params long[] seqs)
    {
        var ring = new ChangeRing(Capacity, Plenty, Json);
        ring.StartAfter(seqs[0] - 1);
        foreach (var seq in seqs)
            ring.Add(Change(seq));
        return ring;
    }

    private static IEnumerable<long> Seqs(IReadOnlyList<ChangeEvent>? changes) => changes!.Select(change => change.Seq);

    private static ChangeEvent Change(long seq, string? content = null, long post = 1, string kind = ChangeKind.Created) =>
        ChangeEvent.Of(
            new ChangeRow
            {
                Seq = seq,
                PostId = post,
                Kind = kind,
                Content = content,
            },
            Json
        );
}
