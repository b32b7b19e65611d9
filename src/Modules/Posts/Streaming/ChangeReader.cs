namespace Kumiko.Posts.Streaming;

/// <summary>
/// One stream's position in the order. It holds no events, so a slow reader costs no memory: it reads from the database what is no longer
/// in memory.
/// </summary>
internal sealed class ChangeReader
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly ChangeFeed _feed;
    private readonly long _resumesTo;
    private long _bytesLeft;
    private ChangeEvent? _next;

    private ChangeReader(ChangeFeed feed, long position, ChangeEvent? next, long resumesTo, long maxBytes)
    {
        _feed = feed;
        _next = next;
        _resumesTo = resumesTo;
        _bytesLeft = maxBytes;
        Position = position;
    }

    /// <summary>The last change that was read.</summary>
    public long Position { get; private set; }

    /// <summary>A reader that starts after this change.</summary>
    public static ChangeReader From(ChangeFeed feed, long seq) => new(feed, seq, next: null, resumesTo: seq, maxBytes: 0);

    /// <summary>
    /// A reader that starts after this change and has missed those up to another. It receives that many bytes of them, and then has to read
    /// the list.
    /// </summary>
    public static ChangeReader Resume(ChangeFeed feed, long seq, long resumesTo, int maxBytes) =>
        new(feed, seq, next: null, resumesTo, maxBytes);

    /// <summary>A reader that starts after this change, and first reports that earlier ones were missed.</summary>
    public static ChangeReader Restart(ChangeFeed feed, long seq) => new(feed, seq, ChangeEvent.Reset(seq), resumesTo: seq, maxBytes: 0);

    /// <summary>
    /// The next changes. Waits for changes, but no longer than this; after that, or when the caller gives up, returns none.
    /// </summary>
    public async Task<IReadOnlyList<ChangeEvent>> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_next is { } first)
        {
            _next = null;
            return [first];
        }

        var news = _feed.News;
        try
        {
            var events = _feed.After(Position) ?? await _feed.ReadOlderAsync(Position, cancellationToken);
            if (events.Count > 0)
            {
                events = Limit(events);
                Position = events[^1].Seq;
                return events;
            }
        }
        catch (Exception e) when (DatabaseFailure.IsUnavailable(e))
        {
            // The stream stays open and continues from its position once the database is back. The feed has logged the failure.
            timeout = timeout < RetryInterval ? timeout : RetryInterval;
        }

        await news.WaitAsync(timeout, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [];
    }

    // Send as much as fits of what was missed. The list then shows all of it, so the reader continues after the change that was the newest
    // when it connected.
    private IReadOnlyList<ChangeEvent> Limit(IReadOnlyList<ChangeEvent> events)
    {
        for (var place = 0; place < events.Count && events[place].Seq <= _resumesTo; place++)
        {
            _bytesLeft -= events[place].Frame.Length;
            if (_bytesLeft < 0)
                return [.. events.Take(place), ChangeEvent.Reset(_resumesTo)];
        }

        return events;
    }
}
