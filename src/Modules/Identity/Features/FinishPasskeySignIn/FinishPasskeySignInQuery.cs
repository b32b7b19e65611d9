using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.FinishPasskeySignIn;

internal static class FinishPasskeySignInQuery
{
    /// <summary>The account whose passkey has this credential id; null if there is none.</summary>
    public static ValueTask<AccountRow?> ReadAccountOfPasskeyAsync(
        this DatabaseSession session,
        byte[] credentialId,
        byte[] device,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<AccountRow>(
            """
            select p.user_id as id,
            exists (select 1 from known_devices d where d.user_id = p.user_id and d.device_hash = @Device) as knows_device,
            exists (select 1 from known_devices d where d.user_id = p.user_id) as knows_devices
            from passkeys p where p.credential_id = @CredentialId
            """,
            new { CredentialId = credentialId, Device = device },
            cancellationToken
        );
}
