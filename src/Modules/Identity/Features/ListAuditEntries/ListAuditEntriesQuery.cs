namespace Kumiko.Identity.Features.ListAuditEntries;

internal static class ListAuditEntriesQuery
{
    private const string Select = """
        select e.id, e.at, e.action, e.outcome, e.actor_id, a.username as actor_name, e.subject_id, s.username as subject_name,
            e.session_id, e.client, e.details, e.reason
        from audit_entries e left join users a on a.id = e.actor_id left join users s on s.id = e.subject_id
        where e.id < @Before
        """;

    public static ValueTask<List<NamedAuditRow>> ReadAuditPageAsync(
        this DatabaseSession session,
        ListAuditEntries query,
        long before,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<NamedAuditRow>(
            Select
                + (query.Actor is null ? "" : " and e.actor_id = @Actor")
                + (query.Subject is null ? "" : " and e.subject_id = @Subject")
                + (query.Action is null ? "" : " and e.action = @Action")
                + (query.From is null ? "" : " and e.at >= @From")
                + (query.To is null ? "" : " and e.at < @To")
                + " order by e.id desc limit @Take",
            new
            {
                query.Actor,
                query.Subject,
                query.Action,
                query.From,
                query.To,
                Before = before,
                Take = take,
            },
            cancellationToken
        );
}

/// <summary>An entry of the audit trail, with the current names of its accounts.</summary>
internal sealed record NamedAuditRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Action { get; init; } = "";
    public string Outcome { get; init; } = "";
    public long? ActorId { get; init; }
    public string? ActorName { get; init; }
    public long? SubjectId { get; init; }
    public string? SubjectName { get; init; }
    public long? SessionId { get; init; }
    public string? Client { get; init; }
    public string? Details { get; init; }
    public string? Reason { get; init; }
}
