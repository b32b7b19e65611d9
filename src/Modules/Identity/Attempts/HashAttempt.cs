namespace Kumiko.Identity.Attempts;

/// <summary>One attempt that costs a hash.</summary>
/// <param name="counters">Where it is counted.</param>
/// <param name="caller">Who waits for the hash.</param>
/// <param name="counted">What it counts for.</param>
internal sealed class HashAttempt(AttemptCounters counters, PasswordCaller caller, IReadOnlyList<Attempt> counted)
{
    /// <summary>Who waits for the hash.</summary>
    public PasswordCaller Caller => caller;

    /// <summary>Whether it would be let through.</summary>
    public ValueTask<ErrorOr<Success>> CheckAsync(CancellationToken cancellationToken) => counters.CheckAsync(counted, cancellationToken);

    /// <summary>Counts it as a failure, until it turns out to be none.</summary>
    public ValueTask<ErrorOr<Success>> CountAsync(CancellationToken cancellationToken) => counters.CountAsync(counted, cancellationToken);

    /// <summary>It was no failure.</summary>
    public ValueTask GiveBackAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        counters.GiveBackAsync(work, counted, cancellationToken);
}
