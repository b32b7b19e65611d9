using System.Buffers.Text;
using System.Security.Cryptography;

namespace Kumiko.Identity.Secrets;

/// <summary>
/// Secrets that are mailed to users: 256 random bits, kept as SHA-256, usable once and for a limited time. Whether a newer one voids the
/// older one depends on its <see cref="SecretKind"/>.
/// </summary>
internal sealed class OneTimeSecrets(TimeProvider clock)
{
    private const int Size = 32;

    /// <summary>Makes a secret for a user whose row is locked, valid from now.</summary>
    /// <returns>The secret in base64url, 43 characters.</returns>
    public ValueTask<string> IssueAsync(UnitOfWork work, SecretKind kind, long userId, string email, CancellationToken cancellationToken) =>
        IssueAsync(work, kind, userId, email, clock.Now(), cancellationToken);

    /// <summary>Makes a secret for a user whose row is locked, valid from the time of the change that it undoes.</summary>
    public static async ValueTask<string> IssueAsync(
        UnitOfWork work,
        SecretKind kind,
        long userId,
        string email,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var (secret, hash) = Create();
        if (!kind.IsForEachMail)
            await work.DeleteSecretsAsync(kind, userId, cancellationToken);
        await work.InsertSecretAsync(
            hash,
            kind,
            new SecretRow
            {
                UserId = userId,
                Email = email,
                ExpiresAt = at + kind.Lifetime,
            },
            cancellationToken
        );
        return secret;
    }

    /// <summary>A new secret, in base64url, and its hash.</summary>
    public static (string Secret, byte[] Hash) Create()
    {
        var secret = RandomNumberGenerator.GetBytes(Size);
        return (Base64Url.EncodeToString(secret), SHA256.HashData(secret));
    }

    /// <summary>Reads what a secret was made for, without spending it; null if it cannot be used.</summary>
    public async ValueTask<SecretRow?> ReadAsync(
        DatabaseSession session,
        SecretKind kind,
        string secret,
        CancellationToken cancellationToken
    ) => Hash(secret) is { } hash ? await session.ReadSecretAsync(hash, kind, clock.Now(), cancellationToken) : null;

    /// <summary>
    /// Spends a secret, in the transaction of what it allows. However many try at once, one succeeds; the others get null, as for a secret
    /// that is too old, void or unknown.
    /// </summary>
    public async ValueTask<SecretRow?> SpendAsync(UnitOfWork work, SecretKind kind, string secret, CancellationToken cancellationToken) =>
        await ReadAsync(work, kind, secret, cancellationToken) is { } row && await work.DeleteSecretAsync(Hash(secret)!, cancellationToken)
            ? row
            : null;

    /// <summary>Makes the user's secrets of these kinds void.</summary>
    public static async ValueTask VoidAsync(
        UnitOfWork work,
        long userId,
        IEnumerable<SecretKind> kinds,
        CancellationToken cancellationToken
    )
    {
        foreach (var kind in kinds)
            await work.DeleteSecretsAsync(kind, userId, cancellationToken);
    }

    /// <summary>
    /// The time from which a secret of <see cref="SecretKind.Undoing"/>, which was just spent, undoes changes: when the oldest one was made
    /// that was sent to the same address and can still be used. Whoever has this one has that one, too.
    /// </summary>
    public async ValueTask<DateTimeOffset> ReadUndoneSinceAsync(UnitOfWork work, SecretRow spent, CancellationToken cancellationToken)
    {
        var oldest = await work.ReadOldestSecretAsync(SecretKind.Undoing, spent, clock.Now(), cancellationToken);
        var expiresAt = oldest is { } other && other.ExpiresAt < spent.ExpiresAt ? other.ExpiresAt : spent.ExpiresAt;
        return expiresAt - SecretKind.UndoingLifetime;
    }

    /// <summary>Makes the user's secrets of <see cref="SecretKind.Undoing"/> void that were made at a time or later.</summary>
    public static async ValueTask VoidUndoingAsync(UnitOfWork work, long userId, DateTimeOffset since, CancellationToken cancellationToken)
    {
        foreach (var kind in SecretKind.Undoing)
            await work.DeleteSecretsFromAsync(kind, userId, since + SecretKind.UndoingLifetime, cancellationToken);
    }

    /// <summary>The hash of a secret that somebody sends; null if it cannot be one.</summary>
    public static byte[]? Hash(string secret)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (!Base64Url.IsValid(secret, out var length) || length != Size)
            return null;

        Base64Url.DecodeFromChars(secret, bytes);
        return SHA256.HashData(bytes);
    }
}
