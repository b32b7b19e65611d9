namespace Kumiko.BuildingBlocks.Data;

/// <summary>Wakes one background task at once instead of at its next look. Woken many times while it works, it looks once more.</summary>
public sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Ends the wait, or the next one if nobody waits now.</summary>
    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Already awake, or the process stops.
        }
    }

    /// <summary>Waits until somebody calls <see cref="Wake"/>, but no longer than this.</summary>
    /// <returns>Whether somebody did.</returns>
    public Task<bool> WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _signal.WaitAsync(longest, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();
}
