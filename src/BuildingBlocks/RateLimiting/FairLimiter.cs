namespace Kumiko.BuildingBlocks.RateLimiting;

/// <summary>
/// Lets only a few requests work at once. The waiting ones take turns, one of each caller after the other, so that a caller with many
/// requests delays another by one of them and not by all. A new caller goes first, as in FQ-CoDel (RFC 8290, 4.2).
/// </summary>
/// <param name="width">How many requests work at once.</param>
/// <param name="length">How many requests wait at most.</param>
/// <param name="perCaller">How many of the waiting requests may belong to one caller.</param>
/// <param name="widthPerCaller">How many requests of one caller work at once; if null, as many as there are places.</param>
public sealed class FairLimiter(int width, int length, int perCaller, int? widthPerCaller = null)
{
    private readonly Lock _door = new();
    private readonly Dictionary<string, Line> _lines = [];
    private readonly Dictionary<string, int> _working = [];

    // Callers whose turn comes next, and callers that had a turn.
    private readonly Queue<Line> _new = new();
    private readonly Queue<Line> _old = new();
    private int _free = width;
    private int _waiting;
    private long _entered;
    private long _refused;

    /// <summary>How many requests are waiting now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>How many requests were admitted so far.</summary>
    public long Entered => Interlocked.Read(ref _entered);

    /// <summary>How many requests were refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Waits for a turn.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="timeout">How long to wait at most; null to wait as long as it takes.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The place, to be disposed when the work is done; null if too many are waiting or the time is up.</returns>
    public async ValueTask<IDisposable?> EnterAsync(string caller, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_door)
        {
            // If a place is free while others wait, those others already have all the places that they may have.
            if (_free > 0 && MayWork(caller))
                return Give(caller);

            if (!MakeRoom(caller))
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            waiter = Join(caller);
        }

        try
        {
            return await waiter.Turn.Task.WaitAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            var left = Leave(waiter);
            if (e is OperationCanceledException)
            {
                // The turn came at the same moment.
                if (!left)
                    (await waiter.Turn.Task)?.Dispose();
                throw;
            }

            if (!left)
                return await waiter.Turn.Task;
            Interlocked.Increment(ref _refused);
            return null;
        }
    }

    private bool MakeRoom(string caller)
    {
        var own = _lines.TryGetValue(caller, out var line) ? line.Waiters.Count : 0;
        if (own >= perCaller)
            return false;
        if (_waiting < length)
            return true;

        // The caller with the most waiting requests gives up its last one, if that leaves it no worse off than the new caller.
        var longest = _lines.Values.MaxBy(other => other.Waiters.Count);
        if (longest is null || longest.Waiters.Count <= own + 1)
            return false;

        var last = longest.Waiters.Last!.Value;
        longest.Waiters.RemoveLast();
        _waiting--;
        Interlocked.Increment(ref _refused);
        last.Turn.SetResult(null);
        return true;
    }

    private Waiter Join(string caller)
    {
        if (!_lines.TryGetValue(caller, out var line))
        {
            line = _lines[caller] = new Line(caller);
            _new.Enqueue(line);
        }

        var waiter = new Waiter(line);
        line.Waiters.AddLast(waiter.Node);
        _waiting++;
        return waiter;
    }

    private bool Leave(Waiter waiter)
    {
        lock (_door)
        {
            if (waiter.Node.List is null)
                return false;

            waiter.Line.Waiters.Remove(waiter.Node);
            _waiting--;
            return true;
        }
    }

    private bool MayWork(string caller) => widthPerCaller is not { } max || _working.GetValueOrDefault(caller) < max;

    private Place Give(string caller)
    {
        _free--;
        _working[caller] = _working.GetValueOrDefault(caller) + 1;
        Interlocked.Increment(ref _entered);
        return new Place(this, caller);
    }

    private void Release(string caller)
    {
        lock (_door)
        {
            _free++;
            if (--_working[caller] == 0)
                _working.Remove(caller);
            while (_free > 0 && (Next(_new) ?? Next(_old)) is { } waiter)
            {
                _waiting--;
                waiter.Turn.SetResult(Give(waiter.Line.Caller));
            }
        }
    }

    private Waiter? Next(Queue<Line> lines)
    {
        for (var left = lines.Count; left > 0; left--)
        {
            var line = lines.Dequeue();
            if (line.Waiters.First is not { } first)
            {
                _lines.Remove(line.Caller);
                continue;
            }

            if (!MayWork(line.Caller))
            {
                lines.Enqueue(line);
                continue;
            }

            line.Waiters.RemoveFirst();
            // Even if none of its requests is waiting: a caller that returns at once has had its turn.
            _old.Enqueue(line);
            return first.Value;
        }

        return null;
    }

    private sealed class Line(string caller)
    {
        public string Caller => caller;

        public LinkedList<Waiter> Waiters { get; } = [];
    }

    private sealed class Waiter
    {
        public Waiter(Line line)
        {
            Line = line;
            Node = new LinkedListNode<Waiter>(this);
        }

        public Line Line { get; }

        public LinkedListNode<Waiter> Node { get; }

        public TaskCompletionSource<IDisposable?> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(FairLimiter queue, string caller) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
                queue.Release(caller);
        }
    }
}
