namespace Kumiko.Identity.Audit;

/// <summary>What happened, as the code that does it reports it. The trail adds the time and the client's network.</summary>
/// <param name="Action">The action.</param>
/// <param name="ActorId">Who did it; null for somebody who is not signed in, and for the operator.</param>
/// <param name="SubjectId">The account that it was done to; null if there is none.</param>
internal sealed record AuditEntry(AuditAction Action, long? ActorId, long? SubjectId)
{
    /// <summary>Of <see cref="SecurityOutcome"/>.</summary>
    public string Outcome { get; init; } = SecurityOutcome.Succeeded;

    /// <summary>The session that did it, or that it was done to.</summary>
    public long? SessionId { get; init; }

    /// <summary>Fixed words and numbers, at most 100 characters; never what a person wrote.</summary>
    public string? Details { get; init; }

    /// <summary>Why, as an admin wrote it; at most 500 characters. It goes when the account does.</summary>
    public string? Reason { get; init; }

    /// <summary>When it happened, if that is not now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The client's network, if the current request is not the one that did it.</summary>
    public string? Client { get; init; }

    /// <summary>Whether an account of it is deleted already: then neither the network nor the session is recorded.</summary>
    public bool IsForgotten { get; init; }
}
