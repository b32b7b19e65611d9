using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;

namespace Kumiko.Identity.Features.EndOtherSessions;

internal static class EndOtherSessionsQuery
{
    public static ValueTask<long?> FindOwnSessionAsync(this UnitOfWork work, CurrentUser user, DateTimeOffset now, CancellationToken cancellation) =>
        work.ReadFirstAsync<long?>(
            "select id from sessions where id = @SessionId and user_id = @Id and expires_at > @Now",
            new { user.SessionId, user.Id, Now = now },
            cancellation);
}
