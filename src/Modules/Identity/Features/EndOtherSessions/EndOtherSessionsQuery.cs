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

    public static async ValueTask EndOtherSessionsAsync(this UnitOfWork work, CurrentUser user, CancellationToken cancellation) =>
        await work.ExecuteAsync("delete from sessions where user_id = @Id and id <> @SessionId", new { user.Id, user.SessionId }, cancellation);
}
