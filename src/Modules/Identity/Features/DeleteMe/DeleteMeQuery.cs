using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.DeleteMe;

internal static class DeleteMeQuery
{
    // Matches the hash that was verified: a password change since then has ended this session.
    public static ValueTask<long?> LockMeToDeleteAsync(this UnitOfWork work, AccountRow account, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<long?>(
            work.ForUpdate("select version from users where id = @Id and password_hash = @PasswordHash"),
            account,
            cancellationToken
        );

    public static async ValueTask DeleteUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from users where id = @Id", new { Id = id }, cancellationToken);
}
