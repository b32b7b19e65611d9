namespace Kumiko.Identity.Sessions;

/// <summary>Makes sessions continue under new ids, so that their access tokens can be refused although nobody is signed out.</summary>
internal static class SessionRenewal
{
    /// <summary>Copies every session of a user whose row is locked, and moves its refresh tokens to the copy.</summary>
    /// <returns>The old sessions, which the caller ends.</returns>
    public static async ValueTask<IReadOnlyList<long>> ContinueSessionsAsync(
        this UnitOfWork work,
        long userId,
        CancellationToken cancellationToken
    )
    {
        var old = await work.LockSessionsAsync(userId, cancellationToken);
        foreach (var id in old)
        {
            var copy = await work.InsertAsync(
                """
                insert into sessions (user_id, device, address, remembered, created_at, last_used_at, expires_at, auth_time, amr)
                select user_id, device, address, remembered, created_at, last_used_at, expires_at, auth_time, amr
                from sessions where id = @Id
                """,
                new { Id = id },
                cancellationToken
            );
            await work.ExecuteAsync(
                "update refresh_tokens set session_id = @Copy where session_id = @Id",
                new { Id = id, Copy = copy },
                cancellationToken
            );
        }

        return old;
    }
}
