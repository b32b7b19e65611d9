namespace Kumiko.Identity.Audit;

/// <summary>The tables <c>audit_entries</c> and <c>audit_chain</c>.</summary>
internal static class AuditTable
{
    /// <summary>
    /// What the user <c>@UserId</c> may see of an entry about them. The network and the session of staff are theirs alone, and an ended
    /// session is that of the account that it was ended for, whoever ended it.
    /// </summary>
    public const string ActivityColumns =
        "id, at, action, outcome, case when actor_id = @UserId then 'self' when "
        + IsByAnother
        + " and not "
        + IsTaken
        + " then 'staff' else 'unknown' end as done_by, case when action = 'session_end' then case when subject_id = @UserId then "
        + "session_id end when not "
        + IsByAnother
        + " then session_id end as session_id, case when not "
        + IsByAnother
        + " then client end as client, details";

    // A deleted account leaves its digest, unless it was gone before its deletion of a post was recorded. The operator has no account and
    // leaves none: what only the operator does without one is listed here. Everything else without an actor is the attempt of somebody
    // who was not signed in.
    private const string IsByAnother = """
        ((actor_id is null or actor_id <> @UserId) and (actor_digest is not null
            or action in ('role_change', 'factor_reset', 'post_removal')
            or (action = 'session_end' and coalesce(details, '') in ('role_change', 'factor_reset'))))
        """;

    // Somebody else has proved the address. That is no matter of staff, and no more is to be known about them.
    private const string IsTaken = "(action = 'email_change' and coalesce(details, '') = 'taken')";

    private const string ReadHead = "select last_id, last_hash, anchor_id, anchor_hash, seal from audit_chain where id = 1";

    /// <summary>Where the chain begins and ends. Until the transaction ends, nobody else can add or remove entries.</summary>
    public static async ValueTask<AuditHead> LockAuditHeadAsync(this UnitOfWork work, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<AuditHead>(work.ForUpdate(ReadHead), null, cancellationToken)
        ?? throw new InvalidOperationException("The table audit_chain has lost its row.");

    /// <summary>Those accounts of an entry that exist.</summary>
    public static ValueTask<List<long>> ReadThereAsync(this UnitOfWork work, AuditEntry entry, CancellationToken cancellationToken) =>
        work.ReadAllAsync<long>(
            "select id from users where id in (@ActorId, @SubjectId)",
            new { entry.ActorId, entry.SubjectId },
            cancellationToken
        );

    /// <summary>Where the chain begins and ends; null if somebody deleted the row.</summary>
    public static ValueTask<AuditHead?> ReadAuditHeadAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<AuditHead>(ReadHead, null, cancellationToken);

    public static async ValueTask WriteAuditHeadAsync(this UnitOfWork work, AuditHead head, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            update audit_chain
            set last_id = @LastId, last_hash = @LastHash, anchor_id = @AnchorId, anchor_hash = @AnchorHash, seal = @Seal where id = 1
            """,
            head,
            cancellationToken
        );

    public static async ValueTask InsertAuditEntryAsync(this UnitOfWork work, AuditRow row, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            insert into audit_entries (id, at, action, outcome, actor_id, actor_digest, subject_id, subject_digest, session_id, client,
                details, reason, personal_digest, hash)
            values (@Id, @At, @Action, @Outcome, @ActorId, @ActorDigest, @SubjectId, @SubjectDigest, @SessionId, @Client,
                @Details, @Reason, @PersonalDigest, @Hash)
            """,
            row,
            cancellationToken
        );

    /// <summary>Removes what the entries say about a person, except for the digests.</summary>
    public static async ValueTask EraseFromAuditAsync(this UnitOfWork work, long userId, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync(
            "update audit_entries set actor_id = null, client = null, reason = null where actor_id = @UserId",
            new { UserId = userId },
            cancellationToken
        );
        await work.ExecuteAsync(
            "update audit_entries set subject_id = null, client = null, reason = null where subject_id = @UserId",
            new { UserId = userId },
            cancellationToken
        );
    }

    /// <summary>The entries after this one, the oldest first, with everything that the chain covers.</summary>
    public static ValueTask<List<AuditRow>> ReadAuditAfterAsync(
        this DatabaseSession session,
        long id,
        long last,
        int take,
        CancellationToken cancellationToken
    ) =>
        session.ReadAllAsync<AuditRow>(
            """
            select id, at, action, outcome, actor_id, actor_digest, subject_id, subject_digest, session_id, client, details, reason,
                personal_digest, hash
            from audit_entries where id > @Id and id <= @Last order by id limit @Take
            """,
            new
            {
                Id = id,
                Last = last,
                Take = take,
            },
            cancellationToken
        );

    public static ValueTask<long?> ReadNewestAuditIdAsync(this DatabaseSession session, CancellationToken cancellationToken) =>
        session.ReadFirstAsync<long?>("select max(id) from audit_entries", null, cancellationToken);

    public static async ValueTask DeleteAuditUntilAsync(this UnitOfWork work, long id, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from audit_entries where id <= @Id", new { Id = id }, cancellationToken);
}
