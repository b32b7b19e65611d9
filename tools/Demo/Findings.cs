using System.Collections.Concurrent;

namespace Kumiko.Demo;

/// <summary>Everything that was wrong.</summary>
internal sealed class Findings
{
    private const int Kept = 20;

    private readonly ConcurrentQueue<string> _first = new();
    private int _count;

    /// <summary>The number of findings.</summary>
    public int Count => _count;

    /// <summary>The first findings, as text.</summary>
    public IEnumerable<string> First => _first;

    /// <summary>Adds a finding.</summary>
    public void Add(string finding)
    {
        if (Interlocked.Increment(ref _count) <= Kept)
            _first.Enqueue(finding);
    }
}
