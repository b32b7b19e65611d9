namespace Kumiko.Identity.Features.WithdrawInvitation;

internal static class WithdrawInvitationQuery
{
    public static async ValueTask<bool> DeleteInvitationAsync(
        this UnitOfWork work,
        long id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from invitations where id = @Id and expires_at > @Now",
            new { Id = id, Now = now },
            cancellationToken
        ) == 1;
}
