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
    private readonly Dictionary<(string Caller, bool Preferred), Line> _lines = [];
    private readonly Dictionary<string, int> _working = [];

    // Callers whose turn comes next, and callers that had a turn. Preferred callers are kept apart, so that each half gets
    // every other turn.
    private readonly Rotation _preferred = new();
    private readonly Rotation _others = new();
    private int _free = width;
    private int _waiting;
    private bool _preferredHadTurn;
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
    /// <param name="preferred">
    /// Whether the caller is known not to be a flood: it gets every other turn, and takes another caller's place in the queue if all places
    /// are taken.
    /// </param>
    /// <param name="timeout">How long to wait at most; null to wait as long as it takes.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The place, to be disposed when the work is done; null if too many are waiting or the time is up.</returns>
    public async ValueTask<IDisposable?> EnterAsync(string caller, bool preferred, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_door)
        {
            // If a place is free while others wait, those others already have all the places that they may have.
            if (_free > 0 && MayWork(caller))
                return Give(caller);

            if (!MakeRoom((caller, preferred)))
            {
                Interlocked.Increment(ref _refused);
                return null;
            }

            waiter = Join((caller, preferred));
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

    private bool MakeRoom((string Caller, bool Preferred) key)
    {
        var own = _lines.TryGetValue(key, out var line) ? line.Waiters.Count : 0;
        if (own >= perCaller)
            return false;
        if (_waiting < length)
            return true;

        // The caller with the most waiting requests gives up its last one, if that leaves it no worse off than the new caller.
        var longest = _lines
            .Values.Where(other => other.Waiters.Count > 0 && (!other.Key.Preferred || key.Preferred))
            .OrderBy(other => other.Key.Preferred)
            .ThenByDescending(other => other.Waiters.Count)
            .FirstOrDefault();
        if (longest is null || (longest.Key.Preferred == key.Preferred && longest.Waiters.Count <= own + 1))
            return false;

        var last = longest.Waiters.Last!.Value;
        longest.Waiters.RemoveLast();
        _waiting--;
        Interlocked.Increment(ref _refused);
        last.Turn.SetResult(null);
        return true;
    }

    private Waiter Join((string Caller, bool Preferred) key)
    {
        if (!_lines.TryGetValue(key, out var line))
        {
            line = _lines[key] = new Line(key);
            RotationOf(key).New.Enqueue(line);
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

    private void GiveBack(string caller)
    {
        lock (_door)
        {
            _free++;
            if (--_working[caller] == 0)
                _working.Remove(caller);
            while (_free > 0 && Next() is { } waiter)
            {
                _waiting--;
                waiter.Turn.SetResult(Give(waiter.Line.Key.Caller));
            }
        }
    }

    private Waiter? Next()
    {
        var (first, second) = _preferredHadTurn ? (_others, _preferred) : (_preferred, _others);
        var waiter =
            Next(first.New, first.Old) ?? Next(first.Old, first.Old) ?? Next(second.New, second.Old) ?? Next(second.Old, second.Old);
        _preferredHadTurn = waiter?.Line.Key.Preferred == true;
        return waiter;
    }

    private Waiter? Next(Queue<Line> lines, Queue<Line> after)
    {
        for (var left = lines.Count; left > 0; left--)
        {
            var line = lines.Dequeue();
            if (line.Waiters.First is not { } first)
            {
                _lines.Remove(line.Key);
                continue;
            }

            if (!MayWork(line.Key.Caller))
            {
                lines.Enqueue(line);
                continue;
            }

            line.Waiters.RemoveFirst();
            // Even if none of its requests is waiting: a caller that returns at once has had its turn.
            after.Enqueue(line);
            return first.Value;
        }

        return null;
    }

    private Rotation RotationOf((string Caller, bool Preferred) key) => key.Preferred ? _preferred : _others;

    private sealed class Rotation
    {
        public Queue<Line> New { get; } = new();

        public Queue<Line> Old { get; } = new();
    }

    private sealed class Line((string Caller, bool Preferred) key)
    {
        public (string Caller, bool Preferred) Key => key;

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
                queue.GiveBack(caller);
        }
    }
}
