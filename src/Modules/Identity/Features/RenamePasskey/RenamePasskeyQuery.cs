using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.RenamePasskey;

internal static class RenamePasskeyQuery
{
    public static ValueTask<PasskeyRow?> LockPasskeyAsync(
        this UnitOfWork work,
        long id,
        long userId,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<PasskeyRow>(
            work.ForUpdate("select " + PasskeysTable.Columns + " from passkeys where id = @Id and user_id = @UserId"),
            new { Id = id, UserId = userId },
            cancellationToken
        );

    public static async ValueTask RenamePasskeyAsync(this UnitOfWork work, PasskeyRow passkey, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("update passkeys set name = @Name where id = @Id", passkey, cancellationToken);
}
