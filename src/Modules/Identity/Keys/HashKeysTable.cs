namespace Kumiko.Identity.Keys;

/// <summary>The table <c>hash_keys</c>, which has one row.</summary>
internal static class HashKeysTable
{
    public static ValueTask<byte[]?> ReadHashKeyAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<byte[]>("select sealed_key from hash_keys where id = 1", null, cancellationToken);

    /// <summary>Stores the key, unless another process was first.</summary>
    public static async ValueTask InsertHashKeyAsync(
        this DatabaseSession session,
        byte[] sealedKey,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        const string Insert = "into hash_keys (id, sealed_key, created_at) values (1, @SealedKey, @Now)";
        await session.ExecuteAsync(
            session.Sql(sqlite: "insert or ignore " + Insert, mySql: "insert ignore " + Insert),
            new { SealedKey = sealedKey, Now = now },
            cancellationToken
        );
    }

    /// <summary>Whether an earlier version has made hashes: every account begins with an entry of the audit trail.</summary>
    public static async ValueTask<bool> HasHashesAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        await session.ReadFirstAsync<long>("select last_id from audit_chain where id = 1", null, cancellationToken) > 0;
}
