using System.Text.Json;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// The newest changes in memory, in order and without gaps. Limited in number and in bytes: the oldest make room. It does no locking.
/// </summary>
internal sealed class ChangeRing(int capacity, int maxBytes, JsonSerializerOptions json)
{
    // The change with this seq is at seq % capacity, from _first to Last.
    private readonly ChangeEvent?[] _events = new ChangeEvent?[capacity];
    private long _first;
    private int _bytes;

    /// <summary>The newest change that was added, or the one that the ring starts after; null while it is stopped.</summary>
    public long? Last { get; private set; }

    /// <summary>Empties the ring and continues after this change.</summary>
    public void StartAfter(long seq)
    {
        Array.Clear(_events);
        _bytes = 0;
        (_first, Last) = (seq + 1, seq);
    }

    /// <summary>Empties the ring until it is started again.</summary>
    public void Stop()
    {
        StartAfter(0);
        Last = null;
    }

    /// <summary>Adds the newest change, to a ring that is started.</summary>
    public void Add(ChangeEvent change)
    {
        // Gaps only occur in the database where old changes were deleted before they were read here.
        if (change.Seq != Last + 1)
            StartAfter(change.Seq - 1);
        if (change.EndsOlderTexts)
            ForgetTexts(change);

        if (Last - _first + 1 == capacity)
            DropFirst();
        _events[change.Seq % capacity] = change;
        Last = change.Seq;
        _bytes += change.Frame.Length;
        while (_bytes > maxBytes)
            DropFirst();
    }

    /// <summary>
    /// The changes after this one, at most so many: none if there is nothing newer, null if older ones are needed that are not here.
    /// </summary>
    public IReadOnlyList<ChangeEvent>? After(long seq, int take)
    {
        if (Last is not { } last || seq < _first - 1)
            return null;
        if (seq >= last)
            return [];

        var events = new ChangeEvent[Math.Min(last - seq, take)];
        for (var place = 0; place < events.Length; place++)
            events[place] = _events[(seq + 1 + place) % capacity]!;
        return events;
    }

    private void DropFirst()
    {
        _bytes -= _events[_first % capacity]!.Frame.Length;
        _events[_first++ % capacity] = null;
    }

    // The transaction that changed or deleted the post has removed the texts from the database too.
    private void ForgetTexts(ChangeEvent later)
    {
        for (var seq = _first; seq <= Last; seq++)
        {
            ref var change = ref _events[seq % capacity];
            var after = change!.After(later, json);
            _bytes += after.Frame.Length - change.Frame.Length;
            change = after;
        }
    }
}
