namespace Kumiko.Identity.Features.KeepEmail;

internal static class KeepEmailQuery
{
    public static async ValueTask ReplacePasswordAsync(
        this UnitOfWork work,
        long userId,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set password_hash = @PasswordHash where id = @Id",
            new { Id = userId, PasswordHash = passwordHash },
            cancellationToken
        );
}
