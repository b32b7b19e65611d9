using Kumiko.BuildingBlocks.Data;

namespace Kumiko.Identity.Features.SignOut;

internal static class SignOutQuery
{
    public static ValueTask<long?> FindSessionToEndAsync(this UnitOfWork work, byte[] tokenHash, CancellationToken cancellation) =>
        work.ReadFirstAsync<long?>("select session_id from refresh_tokens where token_hash = @TokenHash", new { TokenHash = tokenHash }, cancellation);

    public static async ValueTask<bool> SignOutAsync(this UnitOfWork work, long id, DateTimeOffset now, CancellationToken cancellation) =>
        await work.ExecuteAsync("delete from sessions where id = @Id and expires_at > @Now", new { Id = id, Now = now }, cancellation) == 1;
}
