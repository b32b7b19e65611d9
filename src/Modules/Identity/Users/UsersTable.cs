namespace Kumiko.Identity.Users;

/// <summary>The <c>users</c> table. Queries that use <see cref="Columns"/> call it <c>u</c>.</summary>
internal static class UsersTable
{
    /// <summary>The columns of a <see cref="UserRow"/>.</summary>
    public const string Columns =
        "u.id, u.email, u.username, u.email_verified, u.pending_email, u.role, u.language, u.version, u.created_at, u.updated_at, "
        + SecondFactor
        + ", "
        + Passkeys;

    /// <summary>Whether the user's second factor is on.</summary>
    public const string SecondFactor =
        "exists (select 1 from totp_secrets f where f.user_id = u.id and f.expires_at is null) as second_factor";

    private const string Passkeys = "(select count(*) from passkeys k where k.user_id = u.id) as passkeys";

    /// <summary>A user whose row exists.</summary>
    public static async ValueTask<UserRow> ReadUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        (await work.ReadFirstAsync<UserRow>("select " + Columns + " from users u where u.id = @Id", new { Id = id }, cancellationToken))!;

    /// <summary>The account with an e-mail address; null if there is none.</summary>
    public static ValueTask<long?> FindIdByEmailAsync(this DatabaseSession session, string emailKey, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey", new { EmailKey = emailKey }, cancellationToken);

    /// <summary>The account with a name; null if there is none.</summary>
    public static ValueTask<long?> FindIdByNameAsync(
        this DatabaseSession session,
        string usernameKey,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<long?>(
            "select id from users where username_key = @UsernameKey",
            new { UsernameKey = usernameKey },
            cancellationToken
        );

    /// <summary>A user, whose row is locked; null if the account was deleted.</summary>
    public static ValueTask<UserRow?> LockUserAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<UserRow>(
            work.ForUpdate("select " + Columns + " from users u where u.id = @Id"),
            new { Id = id },
            cancellationToken
        );

    /// <summary>The user who has an address, whose row is locked; null if nobody has it.</summary>
    public static ValueTask<UserRow?> LockUserWithEmailAsync(this UnitOfWork work, string emailKey, CancellationToken cancellationToken) =>
        work.ReadFirstAsync<UserRow>(
            work.ForUpdate("select " + Columns + " from users u where u.email_key = @EmailKey"),
            new { EmailKey = emailKey },
            cancellationToken
        );

    /// <summary>Replaces the hash of a user's password, and nothing else.</summary>
    public static async ValueTask ReplaceHashAsync(
        this UnitOfWork work,
        long id,
        string passwordHash,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set password_hash = @PasswordHash where id = @Id",
            new { Id = id, PasswordHash = passwordHash },
            cancellationToken
        );

    /// <summary>Writes a user's address, whether it is proved, and the address that is to replace it.</summary>
    /// <exception cref="System.Data.Common.DbException">Another account has the address (<see cref="DatabaseFailure.IsDuplicate"/>).
    /// </exception>
    public static async ValueTask UpdateEmailAsync(this UnitOfWork work, UserRow user, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            update users
            set email = @Email, email_key = @EmailKey, email_verified = @EmailVerified, pending_email = @PendingEmail,
                version = @Version, updated_at = @UpdatedAt
            where id = @Id
            """,
            user,
            cancellationToken
        );

    /// <summary>Records that a user has proved the address of the account.</summary>
    public static async ValueTask MarkVerifiedAsync(
        this UnitOfWork work,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set email_verified = @True, version = version + 1, updated_at = @Now where id = @Id and email_verified <> @True",
            new
            {
                Id = id,
                True = true,
                Now = now,
            },
            cancellationToken
        );

    /// <summary>Whether another account has the user's e-mail address, and whether one has the name or a name that looks like it.</summary>
    public static async ValueTask<(bool Email, bool Username)> ReadTakenAsync(
        this UnitOfWork work,
        UserRow user,
        CancellationToken cancellationToken
    ) =>
        (
            await work.ReadFirstAsync<long?>("select id from users where email_key = @EmailKey and id <> @Id", user, cancellationToken)
                is not null,
            await work.ReadFirstAsync<long?>(
                "select id from users where (username_key = @UsernameKey or username_skeleton = @UsernameSkeleton) and id <> @Id",
                user,
                cancellationToken
            )
                is not null
        );

    /// <summary>Whether an admin has disabled the account. Its row is locked, and whoever disables it locks it first.</summary>
    public static async ValueTask<bool> IsDisabledAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<long?>("select user_id from disabled_users where user_id = @Id", new { Id = id }, cancellationToken)
            is not null;

    /// <summary>Writes the language of mails to the user.</summary>
    public static async ValueTask SetLanguageAsync(this UnitOfWork work, long id, string language, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "update users set language = @Language where id = @Id",
            new { Id = id, Language = language },
            cancellationToken
        );

    /// <summary>Marks the user as changed: the second factor and the passkeys are part of what the owner reads.</summary>
    public static async ValueTask TouchUserAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "update users set version = version + 1, updated_at = @Now where id = @UserId",
            new { UserId = userId, Now = now },
            cancellationToken
        );
}
