namespace Kumiko.Identity.Audit;

/// <summary>
/// Where the chain begins and ends: the row of the table <c>audit_chain</c>. It is also the lock that puts the writers in order.
/// </summary>
internal sealed record AuditHead
{
    /// <summary>The newest entry; 0 before the first.</summary>
    public long LastId { get; init; }

    /// <summary>The hash of the newest entry.</summary>
    public byte[] LastHash { get; init; } = [];

    /// <summary>The newest entry that was deleted because of its age; 0 if there is none.</summary>
    public long AnchorId { get; init; }

    /// <summary>The hash of that entry, on which the oldest one that is left builds.</summary>
    public byte[] AnchorHash { get; init; } = [];

    /// <summary>
    /// A keyed hash of the others: somebody who can write to the database but doesn't have the secret cannot move either end.
    /// </summary>
    public byte[]? Seal { get; init; }
}
