using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;

namespace Kumiko.Identity.Keys;

/// <summary>
/// The hash key: the key of the hashes that the database keeps, of released names, devices, attempts, the audit trail and the like. It
/// stays when the installation's secret changes, because nobody could compute the hashes again. The secret encrypts it.
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
            : throw new InvalidOperationException("The hash key has not been read yet.");

    /// <summary>
    /// Reads the key from the database at the start, or creates it. Call this after the signing keys were opened: in a database of an
    /// earlier version, only they show whether the secret is the right one, which becomes the hash key.
    /// </summary>
    /// <exception cref="InvalidSettingException">The key was sealed under another secret.</exception>
    public ValueTask PrepareAsync(CancellationToken cancellationToken) => ReadAsync(isStart: true, cancellationToken);

    /// <summary>Reads the key from the database, once.</summary>
    /// <exception cref="InvalidSettingException">
    /// The key was sealed under another secret, or this version has not started on the database of an earlier one.
    /// </exception>
    public ValueTask LoadAsync(CancellationToken cancellationToken) => ReadAsync(isStart: false, cancellationToken);

    /// <summary>Encrypts the key again; null if that is not necessary.</summary>
    /// <exception cref="CryptographicException">The key was sealed under another secret.</exception>
    public byte[]? Renew(byte[] sealedKey) => _cipher.Renew(sealedKey, Owner);

    private async ValueTask ReadAsync(bool isStart, CancellationToken cancellationToken)
    {
        if (_key is not null)
            return;

        await using var session = await database.OpenAsync(cancellationToken);
        var sealedKey =
            await session.ReadHashKeyAsync(cancellationToken)
            ?? await CreateAsync(session, isStart, cancellationToken)
            ?? throw new InvalidOperationException("The table hash_keys has lost its row.");
        try
        {
            _key = new SecretKey(_cipher.Decrypt(sealedKey, Owner));
        }
        catch (CryptographicException e)
        {
            throw new InvalidSettingException(
                "Security:Key (or Security:KeyFile) does not open the hash key in the database of identity: set it to the key that this "
                    + "installation has used until now, or list that key after the new one.",
                e
            );
        }
    }

    private async ValueTask<byte[]?> CreateAsync(DatabaseSession session, bool isStart, CancellationToken cancellationToken)
    {
        var key = await InitialKeyAsync(session, isStart, cancellationToken);
        await session.InsertHashKeyAsync(_cipher.Encrypt(key, Owner), clock.Now(), cancellationToken);
        return await session.ReadHashKeyAsync(cancellationToken);
    }

    // Earlier versions made the hashes with the secret itself.
    private async ValueTask<byte[]> InitialKeyAsync(DatabaseSession session, bool isStart, CancellationToken cancellationToken)
    {
        if (!await session.HasHashesAsync(cancellationToken))
            return RandomNumberGenerator.GetBytes(Length);
        if (!isStart)
            throw new InvalidSettingException(
                "An earlier version used the database of identity: start the server with this version once before you run this command."
            );
        if (secret.IsChanging)
            throw new InvalidSettingException(
                "Security:Key lists several keys, and an earlier version used this database with one: start this version with that one "
                    + "first."
            );
        return secret.ToBytes();
    }
}
