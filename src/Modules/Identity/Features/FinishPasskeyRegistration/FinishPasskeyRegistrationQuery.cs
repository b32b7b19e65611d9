using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.FinishPasskeyRegistration;

internal static class FinishPasskeyRegistrationQuery
{
    public static ValueTask<long> InsertPasskeyAsync(this UnitOfWork work, PasskeyRow passkey, CancellationToken cancellationToken) =>
        work.InsertAsync(
            """
            insert into passkeys (user_id, name, credential_id, public_key, sign_count, backup_eligible, backed_up, created_at)
            values (@UserId, @Name, @CredentialId, @PublicKey, @SignCount, @BackupEligible, @BackedUp, @CreatedAt)
            """,
            passkey,
            cancellationToken
        );
}
