namespace Kumiko.Identity.Attempts;

/// <summary>An attempt at a code of the second factor, or with a passkey.</summary>
/// <param name="counters">The counters that count it.</param>
/// <param name="counted">The limits that it counts towards.</param>
internal sealed class CodeAttempt(AttemptCounters counters, IReadOnlyList<Attempt> counted)
{
    /// <summary>Refuses what would be refused anyway, before it costs anything.</summary>
    /// <returns>A 429 after too many attempts.</returns>
    public ValueTask<ErrorOr<Success>> CheckAsync(CancellationToken cancellationToken) => counters.CheckAsync(counted, cancellationToken);

    /// <summary>Counts the attempt as a failure until it turns out not to be one.</summary>
    /// <returns>A 429 after too many attempts.</returns>
    public ValueTask<ErrorOr<Success>> CountAsync(CancellationToken cancellationToken) => counters.CountAsync(counted, cancellationToken);

    /// <summary>Takes the attempt back, because it was not a failure.</summary>
    public ValueTask RefundAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        counters.RefundAsync(work, counted, cancellationToken);
}
