using Kumiko.Identity.Invitations;

namespace Kumiko.Identity.Features.CreateInvitation;

internal static class CreateInvitationQuery
{
    public static async ValueTask<bool> IsProvedAsync(this UnitOfWork work, string emailKey, CancellationToken cancellationToken) =>
        await work.ReadFirstAsync<long?>(
            "select id from users where email_key = @EmailKey and email_verified = @True",
            new { EmailKey = emailKey, True = true },
            cancellationToken
        )
            is not null;

    public static async ValueTask DeleteInvitationsOfAsync(this UnitOfWork work, string emailKey, CancellationToken cancellationToken) =>
        await work.ExecuteAsync("delete from invitations where email_key = @EmailKey", new { EmailKey = emailKey }, cancellationToken);

    public static ValueTask<long> InsertInvitationAsync(
        this UnitOfWork work,
        InvitationRow invitation,
        string emailKey,
        byte[] secretHash,
        CancellationToken cancellationToken
    ) =>
        work.InsertAsync(
            """
            insert into invitations (email, email_key, secret_hash, invited_by, created_at, expires_at)
            values (@Email, @EmailKey, @SecretHash, @InvitedBy, @CreatedAt, @ExpiresAt)
            """,
            new
            {
                invitation.Email,
                EmailKey = emailKey,
                SecretHash = secretHash,
                invitation.InvitedBy,
                invitation.CreatedAt,
                invitation.ExpiresAt,
            },
            cancellationToken
        );
}
