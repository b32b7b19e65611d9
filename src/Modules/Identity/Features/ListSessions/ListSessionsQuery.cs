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
            """
            select id, device, address, created_at, last_used_at
            from sessions where user_id = @Id and id < @Before and id <> @SessionId and expires_at > @Now
            order by id desc limit @Take
            """,
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
