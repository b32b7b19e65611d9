using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Posts.Changes;

/// <summary>One stream's place in the order. It holds no events, so a slow reader costs no memory: it reads from the database what memory no longer has.</summary>
internal sealed class ChangeReader : IDisposable
{
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromSeconds(1);

    private readonly ChangeFeed _feed;
    private ChangeEvent? _next;

    private ChangeReader(ChangeFeed feed, long position, ChangeEvent? next)
    {
        _feed = feed;
        _next = next;
        Position = position;
    }

    /// <summary>The last change that was read.</summary>
    public long Position { get; private set; }

    /// <summary>A reader from this one on. The feed counts it already; disposing it makes room again.</summary>
    public static ChangeReader From(ChangeFeed feed, long seq) => new(feed, seq, next: null);

    /// <summary>A reader from this one on, that is first told that it has missed what was before.</summary>
    public static ChangeReader Anew(ChangeFeed feed, long seq) => new(feed, seq, ChangeEvent.Reset(seq));

    /// <summary>The next changes. Waits for some, but no longer than this; then, or when the caller gives up, there are none.</summary>
    public async Task<IReadOnlyList<ChangeEvent>> ReadAsync(TimeSpan longest, CancellationToken cancellation)
    {
        if (_next is { } first)
        {
            _next = null;
            return [first];
        }

        var news = _feed.News;
        try
        {
            var events = _feed.After(Position) ?? await _feed.ReadOlderAsync(Position, cancellation);
            if (events.Count > 0)
            {
                Position = events[^1].Seq;
                return events;
            }
        }
        catch (Exception e) when (DatabaseFailure.IsUnavailable(e))
        {
            // The stream stays open and goes on where it is once the database is back. The feed has logged it.
            longest = longest < PauseWhileAway ? longest : PauseWhileAway;
        }

        await news.WaitAsync(longest, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [];
    }

    public void Dispose() => _feed.Leave();
}
