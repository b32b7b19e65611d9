namespace Kumiko.Identity.Audit;

/// <summary>An entry of the audit trail as stored in the database.</summary>
internal sealed record AuditRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Action { get; init; } = "";
    public string Outcome { get; init; } = "";
    public long? ActorId { get; init; }
    public byte[]? ActorDigest { get; init; }
    public long? SubjectId { get; init; }
    public byte[]? SubjectDigest { get; init; }
    public long? SessionId { get; init; }
    public string? Client { get; init; }
    public string? Details { get; init; }
    public string? Reason { get; init; }
    public byte[] PersonalDigest { get; init; } = [];
    public byte[] Hash { get; init; } = [];

    /// <summary>Whether an account that the entry names was deleted, and with it what the entry holds about people.</summary>
    public bool IsErased => (ActorDigest is not null && ActorId is null) || (SubjectDigest is not null && SubjectId is null);
}
