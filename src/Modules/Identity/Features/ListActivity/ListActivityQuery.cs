using Kumiko.Identity.Audit;

namespace Kumiko.Identity.Features.ListActivity;

internal static class ListActivityQuery
{
    public static ValueTask<List<AuditRow>> ReadActivityAsync(
        this DatabaseSession session,
        long userId,
        long before,
        DateTimeOffset since,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<AuditRow>(
            "select "
                + AuditTable.Columns
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
