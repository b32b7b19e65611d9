using System.Security.Cryptography;

namespace Kumiko.Identity.Passkeys;

/// <summary>
/// What authenticators sign: 256 random bits, kept as SHA-256, usable once and for five minutes, on any instance.
/// </summary>
internal sealed class PasskeyChallenges(IdentityDatabase database, TimeProvider clock)
{
    /// <summary>How long an answer may take: what WebAuthn (15.1) recommends where the user is verified.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private const int Size = 32;

    /// <summary>Makes a challenge.</summary>
    /// <param name="sessionId">The session that adds a passkey; null for signing in.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    public async ValueTask<byte[]> IssueAsync(long? sessionId, CancellationToken cancellationToken)
    {
        var challenge = RandomNumberGenerator.GetBytes(Size);
        await using var session = await database.OpenAsync(cancellationToken);
        await session.ExecuteAsync(
            "insert into passkey_challenges (challenge_hash, session_id, expires_at) values (@Hash, @SessionId, @ExpiresAt)",
            new
            {
                Hash = SHA256.HashData(challenge),
                SessionId = sessionId,
                ExpiresAt = clock.Now() + Lifetime,
            },
            cancellationToken
        );
        return challenge;
    }

    /// <summary>
    /// Spends a challenge, whatever becomes of the answer that names it: commit. However many try at once, one gets true; the others get
    /// false, as for one that is too old, unknown or of another session.
    /// </summary>
    public async ValueTask<bool> SpendAsync(UnitOfWork work, byte[] challenge, long? sessionId, CancellationToken cancellationToken) =>
        await work.ExecuteAsync(
            """
            delete from passkey_challenges
            where challenge_hash = @Hash and expires_at > @Now and (session_id = @SessionId or (session_id is null and @SessionId is null))
            """,
            new
            {
                Hash = SHA256.HashData(challenge),
                SessionId = sessionId,
                Now = clock.Now(),
            },
            cancellationToken
        ) == 1;
}
