namespace Kumiko.Identity.Keys;

/// <summary>The table <c>signing_keys</c>.</summary>
internal static class SigningKeysTable
{
    private const string Select =
        "select generation, kid, x, y, private_key, created_at, activates_at from signing_keys order by generation";

    /// <summary>Reads all keys, the oldest first.</summary>
    public static ValueTask<List<SigningKeyRow>> ReadSigningKeysAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadAllAsync<SigningKeyRow>(Select, null, cancellationToken);

    /// <summary>Reads the keys for a change of one of them.</summary>
    public static ValueTask<List<SigningKeyRow>> LockSigningKeysAsync(this UnitOfWork work, CancellationToken cancellationToken) =>
        work.ReadAllAsync<SigningKeyRow>(work.ForUpdate(Select), null, cancellationToken);

    /// <summary>Lets a key that is published sign earlier.</summary>
    public static ValueTask<int> AdvanceSigningKeyAsync(
        this DatabaseSession session,
        SigningKeyRow key,
        CancellationToken cancellationToken
    ) => session.ExecuteAsync("update signing_keys set activates_at = @ActivatesAt where kid = @Kid", key, cancellationToken);

    public static ValueTask<int> DeleteSigningKeyAsync(this DatabaseSession session, string keyId, CancellationToken cancellationToken) =>
        session.ExecuteAsync("delete from signing_keys where kid = @KeyId", new { KeyId = keyId }, cancellationToken);

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
