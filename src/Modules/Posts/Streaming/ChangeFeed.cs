using System.Text.Json;
using Kumiko.BuildingBlocks.Background;
using Kumiko.Posts.Changes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kumiko.Posts.Streaming;

/// <summary>
/// Reads each new change once for all streams of the process and keeps the latest in memory, ready to send. It reads nothing while there
/// are no readers.
/// </summary>
internal sealed class ChangeFeed(PostsDatabase database, StreamSettings settings, IOptions<JsonOptions> json, ILogger<ChangeFeed> logger)
    : WakeableService(new Wakeup(), PollInterval, new Outage("The live stream", logger))
{
    private const int PageSize = 100;

    // Enough for every stream of a restarted instance to reconnect to another one; the bytes limit it where posts are long.
    private const int Capacity = 1_024;
    private const int MaxBytes = 8 * 1024 * 1024;
    private const int Backlog = Capacity / 2;

    // How many streams may read older changes at once: they share the database connections with all other requests.
    private const int Lanes = 4;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly JsonSerializerOptions _json = json.Value.SerializerOptions;
    private readonly SemaphoreSlim _lanes = new(Lanes);
    private readonly Lock _door = new();

    private readonly ChangeRing _ring = new(Capacity, MaxBytes, json.Value.SerializerOptions);
    private int _seatsInUse;
    private TaskCompletionSource _news = NewNews();

    /// <summary>Completes when there is something new in memory. Take it before looking.</summary>
    public Task News => Volatile.Read(ref _news).Task;

    /// <summary>Makes the feed look for changes at once.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _seatsInUse) > 0)
            Wakeup.Wake();
    }

    /// <summary>Acquires a seat for one more stream; null if all are in use. Disposing it releases the seat.</summary>
    public IDisposable? TryAcquireSeat()
    {
        if (Interlocked.Increment(ref _seatsInUse) > settings.MaxStreams)
        {
            Interlocked.Decrement(ref _seatsInUse);
            return null;
        }

        Wakeup.Wake();
        return new Seat(this);
    }

    /// <summary>
    /// The changes after this one that are in memory: none if there is nothing newer, null if older ones are needed that are not in memory.
    /// </summary>
    public IReadOnlyList<ChangeEvent>? After(long seq)
    {
        lock (_door)
            return _ring.After(seq, PageSize);
    }

    /// <summary>
    /// A page of changes after this one, from the database; a reset to continue from if the next change is no longer kept.
    /// </summary>
    public async Task<IReadOnlyList<ChangeEvent>> ReadOlderAsync(long seq, CancellationToken cancellationToken)
    {
        await _lanes.WaitAsync(cancellationToken);
        try
        {
            await using var session = await database.OpenAsync(cancellationToken);
            var rows = await session.ReadChangesAsync(seq, PageSize, cancellationToken);
            if (rows.Count > 0 && rows[0].Seq == seq + 1)
                return rows.ConvertAll(row => ChangeEvent.Of(row, _json));

            var range = await session.ReadRangeAsync(cancellationToken);
            return range.CanResumeAfter(seq) ? [] : [ChangeEvent.Reset(range.Newest)];
        }
        finally
        {
            _lanes.Release();
        }
    }

    public override void Dispose()
    {
        Wakeup.Dispose();
        _lanes.Dispose();
        base.Dispose();
    }

    /// <summary>Reads a page of new changes, and returns whether there may be more.</summary>
    internal async Task<bool> ReadNextAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        if (_ring.Last is not { } last)
        {
            var range = await session.ReadRangeAsync(cancellationToken);
            last = Math.Max(range.Newest - Backlog, (range.Oldest ?? (range.Newest + 1)) - 1);
            lock (_door)
                _ring.StartAfter(last);
        }

        var rows = await session.ReadChangesAsync(last, PageSize, cancellationToken);
        if (rows.Count == 0)
            return false;

        lock (_door)
        {
            foreach (var row in rows)
                _ring.Add(ChangeEvent.Of(row, _json));
        }

        Interlocked.Exchange(ref _news, NewNews()).SetResult();
        return rows.Count == PageSize;
    }

    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _seatsInUse) == 0)
        {
            lock (_door)
                _ring.Stop();
            await Wakeup.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return await ReadNextAsync(cancellationToken);
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Seat(ChangeFeed feed) : IDisposable
    {
        private ChangeFeed? _feed = feed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _feed, null) is { } left)
                Interlocked.Decrement(ref left._seatsInUse);
        }
    }
}
