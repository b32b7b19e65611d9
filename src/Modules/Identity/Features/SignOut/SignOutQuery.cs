using Kumiko.Identity.Sessions;

namespace Kumiko.Identity.Features.SignOut;

internal static class SignOutQuery
{
    public static ValueTask<long?> FindUserOfLivingSessionAsync(
        this UnitOfWork work,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<long?>(
            work.ForUpdate("select s.user_id from sessions s where s.id = @Id and " + SessionsTable.IsAlive),
            new { Id = id, Now = now },
            cancellationToken
        );
}
