using Kumiko.Identity.Invitations;

namespace Kumiko.Identity.Features.ListInvitations;

internal static class ListInvitationsQuery
{
    public static ValueTask<List<InvitationRow>> ReadInvitationsAsync(
        this DatabaseSession session,
        long before,
        int take,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<InvitationRow>(
            """
            select i.id, i.email, i.invited_by, u.username as invited_by_username, i.created_at, i.expires_at
            from invitations i left join users u on u.id = i.invited_by
            where i.id < @Before and i.expires_at > @Now order by i.id desc limit @Take
            """,
            new
            {
                Before = before,
                Now = now,
                Take = take,
            },
            cancellationToken
        );
}
