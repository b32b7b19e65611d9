namespace Kumiko.Identity.Features.RemovePasskey;

internal static class RemovePasskeyQuery
{
    public static async ValueTask<string> ReadPasskeyNameAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        (await work.ReadFirstAsync<string>("select name from passkeys where id = @Id", new { Id = id }, cancellationToken))!;

    public static async ValueTask<bool> HasPasswordAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<long?>(
            "select id from users where id = @UserId and password_hash <> ''",
            new { UserId = userId },
            cancellationToken
        )
            is not null;

    public static async ValueTask DeletePasskeyAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from passkeys where id = @Id", new { Id = id }, cancellationToken);
}
