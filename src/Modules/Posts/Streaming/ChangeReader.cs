namespace Kumiko.Posts.Streaming;

/// <summary>
/// One stream's place in the order. It holds no events, so a slow reader costs no memory: it reads from the database what memory no longer
/// has.
/// </summary>
internal sealed class ChangeReader : IDisposable
{
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromSeconds(1);

    private readonly ChangeFeed _feed;
    private readonly long _resumesTo;
    private long _bytesLeft;
    private ChangeEvent? _next;

    private ChangeReader(ChangeFeed feed, long position, ChangeEvent? next, long resumesTo, long mostBytes)
    {
        _feed = feed;
        _next = next;
        _resumesTo = resumesTo;
        _bytesLeft = mostBytes;
        Position = position;
    }

    /// <summary>The last change that was read.</summary>
    public long Position { get; private set; }

    /// <summary>A reader from this one on. The feed counts it already; disposing it makes room again.</summary>
    public static ChangeReader From(ChangeFeed feed, long seq) => new(feed, seq, next: null, resumesTo: seq, mostBytes: 0);

    /// <summary>
    /// A reader from this one on that has missed those up to another, and is told of so many bytes of them; then it has to read the list.
    /// </summary>
    public static ChangeReader Resume(ChangeFeed feed, long seq, long resumesTo, int mostBytes) =>
        new(feed, seq, next: null, resumesTo, mostBytes);

    /// <summary>A reader from this one on, that is first told that it has missed what was before.</summary>
    public static ChangeReader Anew(ChangeFeed feed, long seq) => new(feed, seq, ChangeEvent.Reset(seq), resumesTo: seq, mostBytes: 0);

    /// <summary>The next changes. Waits for some, but no longer than this; then, or when the caller gives up, there are none.</summary>
    public async Task<IReadOnlyList<ChangeEvent>> ReadAsync(TimeSpan longest, CancellationToken cancellationToken)
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
            // The stream stays open and goes on where it is once the database is back. The feed has logged it.
            longest = longest < PauseWhileAway ? longest : PauseWhileAway;
        }

        await news.WaitAsync(longest, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [];
    }

    public void Dispose() => _feed.Leave();

    // What was missed is told as far as it fits. The list then shows all of it, so the reader goes on after the last one that was there
    // when it came.
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
