using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.ListSessions;

internal static class ListSessionsQuery
{
    public static ValueTask<List<SessionRow>> ReadOtherSessionsAsync(
        this DatabaseSession session,
        CurrentUser user,
        long before,
        int take,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<SessionRow>(
            "select s.id, s.device, s.address, s.created_at, s.last_used_at from sessions s"
                + " where s.user_id = @Id and s.id < @Before and s.id <> @SessionId and "
                + SessionsTable.IsAlive
                + " order by s.id desc limit @Take",
            new
            {
                user.SessionId,
                user.Id,
                Before = before,
                Take = take,
                Now = now,
            },
            cancellationToken
        );
}
