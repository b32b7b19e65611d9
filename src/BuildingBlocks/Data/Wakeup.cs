namespace Kumiko.BuildingBlocks.Data;

/// <summary>
/// Wakes one background task immediately, before its next poll. However often it is woken while it works, it polls once more.
/// </summary>
public sealed class Wakeup : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Ends the current wait, or the next one if nobody is waiting.</summary>
    public void Wake()
    {
        // Usually the task is woken already. Finding that out by the exception would cost a writer more than its own work.
        if (_signal.CurrentCount > 0)
            return;

        try
        {
            _signal.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody else woke it at the same moment, or the process is stopping.
        }
    }

    /// <summary>Waits until <see cref="Wake"/> is called, but no longer than this.</summary>
    /// <returns>Whether it was called.</returns>
    public Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken) => _signal.WaitAsync(timeout, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();
}
