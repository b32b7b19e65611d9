namespace Kumiko.Identity.Attempts;

/// <summary>An attempt that costs a password hash.</summary>
/// <param name="counters">The counters that count it.</param>
/// <param name="caller">The caller that waits for the hash.</param>
/// <param name="counted">The limits that it counts towards.</param>
internal sealed class HashAttempt(AttemptCounters counters, PasswordCaller caller, IReadOnlyList<Attempt> counted)
{
    /// <summary>The caller that waits for the hash.</summary>
    public PasswordCaller Caller => caller;

    /// <summary>Checks whether the attempt would be allowed.</summary>
    public ValueTask<ErrorOr<Success>> CheckAsync(CancellationToken cancellationToken) => counters.CheckAsync(counted, cancellationToken);

    /// <summary>Counts the attempt as a failure until it turns out not to be one.</summary>
    public ValueTask<ErrorOr<Success>> CountAsync(CancellationToken cancellationToken) => counters.CountAsync(counted, cancellationToken);

    /// <summary>Takes the attempt back, because it was not a failure.</summary>
    public ValueTask RefundAsync(CancellationToken cancellationToken) => counters.RefundAsync(counted, cancellationToken);

    /// <summary>Takes the attempt back, because it was not a failure.</summary>
    public ValueTask RefundAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        counters.RefundAsync(work, counted, cancellationToken);
}
