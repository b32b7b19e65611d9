using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Identity.Keys;

/// <summary>
/// The key of the hashes that the database keeps: of released names, devices, attempts, the audit trail and the like. It stays when the
/// installation's secret changes, because nobody could compute the hashes again. The secret encrypts it.
/// </summary>
internal sealed class HashKey(IdentityDatabase database, SecretKey secret, TimeProvider clock)
{
    private const int Length = 32;
    private const string Owner = "hash key";

    private readonly SealingCipher _cipher = new(secret, "identity.hash-key");
    private readonly ConcurrentDictionary<string, byte[]> _derived = new();
    private SecretKey? _key;

    /// <summary>The key for one purpose, of 32 bytes.</summary>
    /// <exception cref="InvalidOperationException"><see cref="LoadAsync"/> was not called.</exception>
    public byte[] For(string purpose) =>
        _key is { } key
            ? _derived.GetOrAdd(purpose, static (name, from) => from.Derive(name, Length), key)
            : throw new InvalidOperationException("The key of the hashes has not been read yet.");

    /// <summary>Reads the key from the database, once; the first process to do so creates it.</summary>
    /// <exception cref="InvalidSettingException">The key was sealed under another secret.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (_key is not null)
            return;

        await using var session = await database.OpenAsync(cancellationToken);
        var sealedKey =
            await session.ReadHashKeyAsync(cancellationToken)
            ?? await CreateAsync(session, cancellationToken)
            ?? throw new InvalidOperationException("The table hash_keys has lost its row.");
        try
        {
            _key = new SecretKey(_cipher.Decrypt(sealedKey, Owner));
        }
        catch (CryptographicException e)
        {
            throw new InvalidSettingException(
                "Security:Key (or Security:KeyFile) does not open the key of the hashes in the database of identity: set it to the key "
                    + "that this installation has used until now, or list that key after the new one.",
                e
            );
        }
    }

    /// <summary>Encrypts the key again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">The key was sealed under another secret.</exception>
    public byte[]? Renew(byte[] sealedKey) => _cipher.Renew(sealedKey, Owner);

    private async ValueTask<byte[]?> CreateAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        await session.InsertHashKeyAsync(
            _cipher.Encrypt(await FirstAsync(session, cancellationToken), Owner),
            clock.Now(),
            cancellationToken
        );
        return await session.ReadHashKeyAsync(cancellationToken);
    }

    // Earlier versions made the hashes with the secret itself.
    private async ValueTask<byte[]> FirstAsync(DatabaseSession session, CancellationToken cancellationToken)
    {
        if (!await session.HasHashesAsync(cancellationToken))
            return RandomNumberGenerator.GetBytes(Length);
        if (secret.IsChanging)
            throw new InvalidSettingException(
                "Security:Key lists several keys, and an earlier version used this database with one: start this version with that one "
                    + "first."
            );
        return secret.ToBytes();
    }
}
