using Kumiko.Identity.Audit;

namespace Kumiko.Identity.Features.ListActivity;

internal static class ListActivityQuery
{
    public static ValueTask<List<ActivityRow>> ReadActivityAsync(
        this DatabaseSession session,
        long userId,
        long before,
        DateTimeOffset since,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<ActivityRow>(
            "select "
                + AuditTable.ActivityColumns
                + " from audit_entries where subject_id = @UserId and id < @Before and at > @Since order by id desc limit @Take",
            new
            {
                UserId = userId,
                Before = before,
                Since = since,
                Take = take,
            },
            cancellationToken
        );
}

/// <summary>An entry of the audit trail, as the person concerned sees it.</summary>
internal sealed record ActivityRow
{
    public long Id { get; init; }
    public DateTimeOffset At { get; init; }
    public string Action { get; init; } = "";
    public string Outcome { get; init; } = "";
    public string DoneBy { get; init; } = "";
    public long? SessionId { get; init; }
    public string? Client { get; init; }
    public string? Details { get; init; }
}
