using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kumiko.BuildingBlocks.RateLimiting;
using Kumiko.Identity.Keys;

namespace Kumiko.Identity.Attempts;

/// <summary>Counts attempts in the database, so that all instances share one count.</summary>
internal sealed class AttemptCounters(IdentityDatabase database, HashKey hashKey, RateLimitSettings settings, TimeProvider clock)
{
    // A try fails only if another caller counted the same attempt at that moment, and the password limiter lets few do so at once.
    private const int Tries = 20;

    private readonly ConcurrentDictionary<string, long> _refused = new();

    /// <summary>The number of refused attempts so far, by the limit's name.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    /// <summary>Names the attempt to count.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="subject">The account, address or session that the quota belongs to.</param>
    public Attempt Of(AttemptLimit limit, string subject) =>
        new(limit, HMACSHA256.HashData(hashKey.For("identity.attempts"), Encoding.UTF8.GetBytes($"{limit.Name}\n{subject}")));

    /// <summary>Checks whether these attempts would be allowed, so that nobody queues only to be refused. It counts nothing.</summary>
    /// <returns>A 429 after too many attempts.</returns>
    public async ValueTask<ErrorOr<Success>> CheckAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        if (!settings.Enabled || attempts.Count == 0)
            return Result.Success;

        await using var session = await database.OpenAsync(cancellationToken);
        return Check(attempts, await session.ReadAttemptsAsync(attempts, cancellationToken));
    }

    /// <summary>Counts an attempt for each limit, or for none if one of them is used up.</summary>
    /// <returns>A 429 after too many attempts.</returns>
    public async ValueTask<ErrorOr<Success>> CountAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        if (!settings.Enabled || attempts.Count == 0)
            return Result.Success;

        for (var tries = 0; tries < Tries; tries++)
        {
            await using var work = await database.BeginAsync(cancellationToken);
            if (await TryCountAsync(work, attempts, cancellationToken) is not { } counted)
                continue;
            if (!counted.IsError)
                await work.CommitAsync();
            return counted;
        }

        return Refuse(attempts[0].Limit, TimeSpan.FromSeconds(1));
    }

    /// <summary>Counts in a transaction whose locks keep others from counting the same attempt.</summary>
    /// <returns>A 429 after too many attempts.</returns>
    public async ValueTask<ErrorOr<Success>> CountAsync(UnitOfWork work, Attempt attempt, CancellationToken cancellationToken) =>
        settings.Enabled
            ? await TryCountAsync(work, [attempt], cancellationToken) ?? Refuse(attempt.Limit, TimeSpan.FromSeconds(1))
            : Result.Success;

    /// <summary>Takes back an attempt that turned out not to be a failure.</summary>
    public async ValueTask RefundAsync(UnitOfWork work, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        if (settings.Enabled && attempts.Count > 0)
            await work.RefundAttemptsAsync(attempts, clock.Now(), cancellationToken);
    }

    /// <summary>Takes back an attempt that turned out not to be a failure.</summary>
    public async ValueTask RefundAsync(IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        if (!settings.Enabled || attempts.Count == 0)
            return;

        await using var work = await database.BeginAsync(cancellationToken);
        await work.RefundAttemptsAsync(attempts, clock.Now(), cancellationToken);
        await work.CommitAsync();
    }

    // Null: another caller counted the same attempt at the same time.
    private async ValueTask<ErrorOr<Success>?> TryCountAsync(
        UnitOfWork work,
        IReadOnlyList<Attempt> attempts,
        CancellationToken cancellationToken
    )
    {
        var now = clock.Now();
        var rows = await work.ReadAttemptsAsync(attempts, cancellationToken);
        var check = Check(attempts, rows);
        if (check.IsError)
            return check;

        // In the order in which attempts are taken back, so that the two operations cannot deadlock.
        foreach (var attempt in attempts.OrderBy(attempt => Convert.ToHexString(attempt.Bucket), StringComparer.Ordinal))
        {
            var before = Find(rows, attempt);
            var after = (before ?? new AttemptRow { Bucket = attempt.Bucket }).Count(attempt.Limit, now);
            if (!await work.WriteAttemptAsync(after, isNew: before is null, cancellationToken))
                return null;
        }

        return Result.Success;
    }

    private ErrorOr<Success> Check(IReadOnlyList<Attempt> attempts, List<AttemptRow> rows)
    {
        var now = clock.Now();
        foreach (var attempt in attempts)
        {
            if (Find(rows, attempt)?.WaitAt(now) is { } wait && wait > TimeSpan.Zero)
                return Refuse(attempt.Limit, wait);
        }

        return Result.Success;
    }

    private static AttemptRow? Find(List<AttemptRow> rows, Attempt attempt) =>
        rows.Find(row => row.Bucket.AsSpan().SequenceEqual(attempt.Bucket));

    private Error Refuse(AttemptLimit limit, TimeSpan wait)
    {
        _refused.AddOrUpdate(limit.Name, 1, (_, before) => before + 1);
        return Errors.TooManyRequests(limit.Refusal, new RateLimitState(limit.Name, limit.Max, limit.Window, Remaining: 0, Reset: wait));
    }
}
