namespace Kumiko.Identity.Keys;

internal static class SigningKeyQuery
{
    public static ValueTask<List<SigningKeyRow>> ReadSigningKeysAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadAllAsync<SigningKeyRow>(
            "select generation, kid, x, y, private_key, created_at, activates_at from signing_keys order by generation",
            null,
            cancellationToken
        );

    public static ValueTask<int> InsertSigningKeyAsync(
        this DatabaseSession session,
        SigningKeyRow key,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync(
            """
            insert into signing_keys (generation, kid, x, y, private_key, created_at, activates_at)
            values (@Generation, @Kid, @X, @Y, @PrivateKey, @CreatedAt, @ActivatesAt)
            """,
            key,
            cancellationToken
        );

    public static ValueTask<int> DeleteSigningKeysBeforeAsync(
        this DatabaseSession session,
        long generation,
        CancellationToken cancellationToken
    ) =>
        session.ExecuteAsync("delete from signing_keys where generation < @Generation", new { Generation = generation }, cancellationToken);
}
