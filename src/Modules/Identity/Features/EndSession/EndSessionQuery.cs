namespace Kumiko.Identity.Features.EndSession;

internal static class EndSessionQuery
{
    /// <summary>Of the current session and the one to end, those that are alive and belong to the user.</summary>
    public static ValueTask<List<long>> ReadLivingSessionsAsync(
        this UnitOfWork work,
        CurrentUser user,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ReadAllAsync<long>(
            "select id from sessions where id in (@SessionId, @EndId) and user_id = @Id and expires_at > @Now",
            new
            {
                user.SessionId,
                user.Id,
                EndId = id,
                Now = now,
            },
            cancellationToken
        );
}
