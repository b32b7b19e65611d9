namespace Kumiko.Identity.Features.EndSession;

internal static class EndSessionQuery
{
    /// <summary>Which of the two sessions live and are the user's: the one that asks, and the one that is to end.</summary>
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
