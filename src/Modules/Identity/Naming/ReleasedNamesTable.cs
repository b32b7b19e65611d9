namespace Kumiko.Identity.Naming;

/// <summary>
/// Names that accounts had until they were renamed or deleted, as keyed hashes. For a while nobody else may take them, or names that look
/// like them.
/// </summary>
internal static class ReleasedNamesTable
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Records a name that a user gives up.</summary>
    public static async ValueTask ReleaseNameAsync(
        this UnitOfWork work,
        NameHash name,
        long userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "insert into released_names (name_hash, skeleton_hash, user_id, released_at) values (@Name, @Skeleton, @UserId, @Now)",
            new
            {
                name.Name,
                name.Skeleton,
                UserId = userId,
                Now = now,
            },
            cancellationToken
        );

    /// <summary>Records who may claim the names of a user whose account is deleted. Nothing else says whose they were.</summary>
    public static async ValueTask LeaveNamesToAsync(this UnitOfWork work, byte[] owner, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "update released_names set owner = @Owner, user_id = 0 where user_id = @UserId",
            new { Owner = owner, UserId = userId },
            cancellationToken
        );

    /// <summary>
    /// Returns false if somebody else released the name recently; otherwise removes the record. Call it after writing the name: a
    /// concurrent transaction that released the name has committed by then.
    /// </summary>
    public static async ValueTask<bool> ClaimNameAsync(
        this UnitOfWork work,
        NameHash name,
        long userId,
        byte[] owner,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var released = await work.ReadAllAsync<ReleasedRow>(
            """
            select id, user_id, owner from released_names where name_hash = @Name and released_at > @Since
            union
            select id, user_id, owner from released_names where skeleton_hash = @Skeleton and released_at > @Since
            """,
            new
            {
                name.Name,
                name.Skeleton,
                Since = now - Kept,
            },
            cancellationToken
        );
        if (released.Exists(row => row.UserId != userId && row.Owner?.AsSpan().SequenceEqual(owner) != true))
            return false;

        foreach (var row in released)
            await work.ExecuteAsync("delete from released_names where id = @Id", new { row.Id }, cancellationToken);
        return true;
    }

    private sealed record ReleasedRow
    {
        public long Id { get; init; }
        public long UserId { get; init; }
        public byte[]? Owner { get; init; }
    }
}
