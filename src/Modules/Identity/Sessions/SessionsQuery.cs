using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity.Sessions;

internal static class SessionsQuery
{
    /// <summary>Every session of a user, those that have expired too.</summary>
    public static async ValueTask<IReadOnlyList<long>> ReadSessionIdsAsync(this UnitOfWork work, long userId, CancellationToken cancellation) =>
        await work.ReadAllAsync<long>("select id from sessions where user_id = @UserId order by id", new { UserId = userId }, cancellation);
}
