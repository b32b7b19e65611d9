namespace Kumiko.Identity.Naming;

/// <summary>
/// Names that accounts had until they were renamed or deleted. For a while nobody else may take them, or names that look like them.
/// </summary>
internal static class ReleasedNamesTable
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Records the user's current name as released.</summary>
    public static async ValueTask ReleaseNameAsync(
        this UnitOfWork work,
        long userId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            """
            insert into released_names (username_key, username_skeleton, user_id, released_at)
            select username_key, username_skeleton, id, @Now from users where id = @UserId
            """,
            new { UserId = userId, Now = now },
            cancellationToken
        );

    /// <summary>Records who may claim the user's names after the account is deleted.</summary>
    public static async ValueTask LeaveNamesToAsync(this UnitOfWork work, byte[] owner, long userId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            "update released_names set owner = @Owner where user_id = @UserId",
            new { Owner = owner, UserId = userId },
            cancellationToken
        );

    /// <summary>
    /// Returns false if somebody else released the name recently; otherwise removes the record. Call it after writing the name: a
    /// concurrent transaction that released the name has committed by then.
    /// </summary>
    public static async ValueTask<bool> ClaimNameAsync(
        this UnitOfWork work,
        string name,
        long userId,
        byte[] owner,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var values = new
        {
            UsernameKey = Names.Key(name),
            UsernameSkeleton = Names.Skeleton(name),
            UserId = userId,
            Owner = owner,
            Since = now - Kept,
        };
        var released = await work.ReadAllAsync<ReleasedRow>(
            """
            select id, user_id, owner from released_names where username_key = @UsernameKey and released_at > @Since
            union
            select id, user_id, owner from released_names where username_skeleton = @UsernameSkeleton and released_at > @Since
            """,
            values,
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
