using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.EndSession;

internal static class EndSessionQuery
{
    /// <summary>Of the current session and the one to end, those that are alive and belong to the user.</summary>
    public static ValueTask<List<long>> ReadLivingSessionsAsync(
        this UnitOfWork work,
        CurrentUser user,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadAllAsync<long>(
            "select s.id from sessions s where s.id in (@SessionId, @EndId) and s.user_id = @Id and " + SessionsTable.IsAlive,
            new
            {
                user.SessionId,
                user.Id,
                EndId = id,
                Now = now,
            },
            cancellationToken
        );
}
