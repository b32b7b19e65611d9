using System.Runtime.CompilerServices;
using Kumiko.BuildingBlocks.RateLimiting;

namespace Kumiko.Identity.Audit;

/// <summary>
/// The record of what was done to accounts and by whom, for admins and for the people concerned. An entry is written in the transaction of
/// what it reports: neither exists without the other.
/// </summary>
internal sealed class AuditTrail(
    IdentityDatabase database,
    AuditChain chain,
    IHttpContextAccessor requests,
    RateLimitSettings limits,
    TimeProvider clock
)
{
    // Anybody can cause refusals. Each process records this many a minute; the security log counts them all.
    private const int MaxRefusals = 60;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConditionalWeakTable<UnitOfWork, Pending> _pending = [];
    private readonly Lock _lock = new();
    private long _since = clock.GetTimestamp();
    private int _refusals;

    /// <summary>Records what the transaction does. The entry is written immediately before the commit.</summary>
    public void Record(UnitOfWork work, AuditEntry entry) => Of(work).Entries.Add(entry);

    /// <summary>
    /// Removes what the trail says about a person whose account the transaction deletes, and records the deletion. What stays are digests,
    /// by which the entries still belong together.
    /// </summary>
    public void Erase(UnitOfWork work, long userId, AuditEntry deletion)
    {
        var pending = Of(work);
        pending.Entries.Add(deletion);
        pending.Erased = userId;
    }

    /// <summary>Records a refusal, which changes nothing and so has no transaction, unless there were too many lately.</summary>
    public async ValueTask RecordRefusalAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (clock.GetElapsedTime(_since) >= Window)
                (_since, _refusals) = (clock.GetTimestamp(), 0);
            if (++_refusals > MaxRefusals && limits.Enabled)
                return;
        }

        await using var work = await database.BeginAsync(cancellationToken);
        // The account was read before a password or a code waited for its turn, and may have been deleted since: then it is not named any
        // more. Whoever deletes it needs the end of the chain, and erases this entry or is seen here. Nothing locks the account itself, so
        // that a refusal takes as long for an unknown one.
        await work.LockAuditHeadAsync(cancellationToken);
        var there = await work.ReadThereAsync(entry, cancellationToken);
        Record(
            work,
            entry with
            {
                ActorId = IfThere(entry.ActorId),
                SubjectId = IfThere(entry.SubjectId),
                IsForgotten = IsGone(entry.ActorId) || IsGone(entry.SubjectId),
                Outcome = SecurityOutcome.Refused,
            }
        );
        await work.CommitAsync();

        bool IsGone(long? id) => id is { } known && !there.Contains(known);

        long? IfThere(long? id) => IsGone(id) ? null : id;
    }

    private Pending Of(UnitOfWork work)
    {
        if (_pending.TryGetValue(work, out var known))
            return known;

        var pending = new Pending();
        _pending.Add(work, pending);
        work.BeforeCommit(() => WriteAsync(work, pending));
        return pending;
    }

    private async ValueTask WriteAsync(UnitOfWork work, Pending pending)
    {
        // A commit that has begun is not cancelled.
        var cancellationToken = CancellationToken.None;
        var head = await work.LockAuditHeadAsync(cancellationToken);
        if (pending.Erased is { } userId)
            await work.EraseFromAuditAsync(userId, cancellationToken);
        foreach (var entry in pending.Entries)
        {
            var row = chain.Link(RowOf(entry, head.LastId + 1), head.LastHash);
            await work.InsertAuditEntryAsync(pending.Erased is { } erased ? Without(erased, row) : row, cancellationToken);
            head = head with { LastId = row.Id, LastHash = row.Hash };
        }

        await work.WriteAuditHeadAsync(chain.Seal(head), cancellationToken);
    }

    private AuditRow RowOf(AuditEntry entry, long id) =>
        new()
        {
            Id = id,
            At = entry.At ?? clock.Now(),
            Action = entry.Action.Name(),
            Outcome = entry.Outcome,
            ActorId = entry.ActorId,
            SubjectId = entry.SubjectId,
            SessionId = entry.IsForgotten ? null : entry.SessionId,
            Client = entry.IsForgotten ? null : entry.Client ?? ClientNetwork.Of(requests.HttpContext),
            Details = entry.Details,
            Reason = entry.Reason,
        };

    private static AuditRow Without(long userId, AuditRow row) =>
        row.ActorId != userId && row.SubjectId != userId
            ? row
            : row with
            {
                ActorId = row.ActorId == userId ? null : row.ActorId,
                SubjectId = row.SubjectId == userId ? null : row.SubjectId,
                Client = null,
                Reason = null,
            };

    private sealed class Pending
    {
        public List<AuditEntry> Entries { get; } = [];

        public long? Erased { get; set; }
    }
}
