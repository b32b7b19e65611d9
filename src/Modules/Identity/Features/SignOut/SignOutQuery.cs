namespace Kumiko.Identity.Features.SignOut;

internal static class SignOutQuery
{
    public static ValueTask<long?> FindSessionToEndAsync(this UnitOfWork work, byte[] tokenHash, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<long?>(
            "select session_id from refresh_tokens where token_hash = @TokenHash",
            new { TokenHash = tokenHash },
            cancellationToken
        );

    public static ValueTask<long?> FindUserOfLivingSessionAsync(
        this UnitOfWork work,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadFirstAsync<long?>(
            work.ForUpdate("select user_id from sessions where id = @Id and expires_at > @Now"),
            new { Id = id, Now = now },
            cancellationToken
        );
}
