using System.Collections.Concurrent;

namespace Kumiko.Demo;

/// <summary>Everything that was not as it should be.</summary>
internal sealed class Findings
{
    private const int Kept = 20;

    private readonly ConcurrentQueue<string> _first = new();
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>The first of them, in words.</summary>
    public IEnumerable<string> First => _first;

    /// <summary>Notes one.</summary>
    public void Add(string finding)
    {
        if (Interlocked.Increment(ref _count) <= Kept)
            _first.Enqueue(finding);
    }
}
