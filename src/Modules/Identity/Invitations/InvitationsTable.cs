namespace Kumiko.Identity.Invitations;

/// <summary>The table <c>invitations</c>. Rows that have expired are deleted by a sweep.</summary>
internal static class InvitationsTable
{
    /// <summary>The address of an invitation that can still be used; null if there is none with this secret.</summary>
    public static ValueTask<string?> ReadInvitedAsync(
        this DatabaseSession session,
        byte[] secretHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        session.ReadFirstAsync<string>(
            "select email_key from invitations where secret_hash = @SecretHash and expires_at > @Now",
            new { SecretHash = secretHash, Now = now },
            cancellationToken
        );

    /// <summary>Deletes an invitation that can still be used. Of several that do so at once, one deletes the row.</summary>
    public static async ValueTask<bool> SpendInvitationAsync(
        this UnitOfWork work,
        byte[] secretHash,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await work.ExecuteAsync(
            "delete from invitations where secret_hash = @SecretHash and expires_at > @Now",
            new { SecretHash = secretHash, Now = now },
            cancellationToken
        ) == 1;
}
