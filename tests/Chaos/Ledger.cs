using System.Collections.Concurrent;

namespace Kumiko.Chaos;

/// <summary>What Kumiko has promised to the writers of a run, and what happened on the way.</summary>
public sealed class Ledger
{
    private long _longest;
    private int _retried;

    /// <summary>The acknowledged posts whose author was not deleted: the content by id.</summary>
    public ConcurrentDictionary<long, string> Posts { get; } = new();

    /// <summary>The acknowledged posts whose author was deleted later.</summary>
    public ConcurrentDictionary<long, string> PostsOfTheDeleted { get; } = new();

    /// <summary>The last acknowledged name of each user.</summary>
    public ConcurrentDictionary<long, string> Names { get; } = new();

    /// <summary>The users whose deletion was acknowledged.</summary>
    public ConcurrentDictionary<long, string> Deleted { get; } = new();

    /// <summary>Failed reads of Posts: what was down when the read began and when it ended, and the failure.</summary>
    public ConcurrentQueue<(string Down, string Failure)> FailedReads { get; } = new();

    /// <summary>Successful reads of Posts, by what was down at the time.</summary>
    public ConcurrentDictionary<string, int> Reads { get; } = new();

    /// <summary>The number of requests that were sent again.</summary>
    public int Retried => _retried;

    /// <summary>The number of acknowledged writes.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>The longest time between the acknowledgement of a rename or a deletion and its effect in Posts.</summary>
    public TimeSpan MaxConvergence => TimeSpan.FromMilliseconds(_longest);

    private int _acknowledged;

    public void Acknowledge() => Interlocked.Increment(ref _acknowledged);

    public void Retry() => Interlocked.Increment(ref _retried);

    public void Converged(TimeSpan after)
    {
        var time = (long)after.TotalMilliseconds;
        for (var known = Volatile.Read(ref _longest); time > known; known = Volatile.Read(ref _longest))
            Interlocked.CompareExchange(ref _longest, time, known);
    }
}
