using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;

namespace Kumiko.Identity.Features.ListSessions;

internal static class ListSessionsQuery
{
    /// <summary>No row when the session that asks has ended; one without an id when it lives and the page is empty.</summary>
    public static ValueTask<List<SessionRow>> ReadSessionsAsync(
        this DatabaseSession session, CurrentUser user, long before, int take, DateTimeOffset now, CancellationToken cancellation) => session.ReadAllAsync<SessionRow>(
        """
        select s.id, s.device, s.address, s.created_at, s.last_used_at
        from sessions own left join sessions s on s.user_id = own.user_id and s.id < @Before and s.expires_at > @Now
        where own.id = @SessionId and own.user_id = @Id and own.expires_at > @Now
        order by s.id desc limit @Take
        """,
        new { user.SessionId, user.Id, Before = before, Take = take, Now = now },
        cancellation);

    public sealed record SessionRow
    {
        public long? Id { get; init; }
        public string? Device { get; init; }
        public string? Address { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset LastUsedAt { get; init; }
    }
}
