namespace Kumiko.Identity.Passkeys;

/// <summary>The table <c>passkeys</c>.</summary>
internal static class PasskeysTable
{
    /// <summary>The columns of a <see cref="PasskeyRow"/>.</summary>
    public const string Columns =
        "id, user_id, name, credential_id, public_key, sign_count, backup_eligible, backed_up, created_at, last_used_at";

    /// <summary>The passkey with this credential id; null if there is none.</summary>
    public static ValueTask<PasskeyRow?> FindPasskeyAsync(
        this DatabaseSession session,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<PasskeyRow>(
            "select " + Columns + " from passkeys where credential_id = @CredentialId",
            new { CredentialId = credentialId },
            cancellationToken
        );

    /// <summary>A user's passkeys, the newest first.</summary>
    public static ValueTask<List<PasskeyRow>> ReadPasskeysAsync(
        this DatabaseSession session,
        long userId,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<PasskeyRow>(
            "select " + Columns + " from passkeys where user_id = @UserId order by id desc",
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>
    /// The ids of a user's passkeys, while others can neither remove them nor add one: the user's row is locked. The number that was read
    /// with that row may be of before the lock (MySQL).
    /// </summary>
    public static ValueTask<List<long>> LockPasskeysAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        work.ReadAllAsync<long>(
            work.ForUpdate("select id from passkeys where user_id = @UserId order by id"),
            new { UserId = userId },
            cancellationToken
        );

    /// <summary>
    /// Records the use of a passkey. False if it was removed meanwhile, or if the authenticator's count has not grown: of two copies of a
    /// passkey that are used at once, one is refused.
    /// </summary>
    public static async ValueTask<bool> RecordUseAsync(
        this UnitOfWork work,
        PasskeyRow used,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            update passkeys set sign_count = @SignCount, backed_up = @BackedUp, last_used_at = @Now
            where id = @Id and (sign_count < @SignCount or (sign_count = 0 and @SignCount = 0))
            """,
            new
            {
                used.Id,
                used.SignCount,
                used.BackedUp,
                Now = now,
            },
            cancellationToken
        ) == 1;

    /// <summary>Deletes the passkeys that a user, whose row is locked, added at a time or later, and returns their ids.</summary>
    public static async ValueTask<List<long>> DeletePasskeysFromAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var added = new { UserId = userId, Since = since };
        var ids = await work.ReadAllAsync<long>(
            work.ForUpdate("select id from passkeys where user_id = @UserId and created_at >= @Since order by id"),
            added,
            cancellationToken
        );
        await work.ExecuteAsync("delete from passkeys where user_id = @UserId and created_at >= @Since", added, cancellationToken);
        return ids;
    }

    /// <summary>Deletes all passkeys of a user.</summary>
    public static async ValueTask DeletePasskeysAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from passkeys where user_id = @UserId", new { UserId = userId }, cancellationToken);
}
