using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Identity.Keys;

/// <summary>
/// The keys that sign access tokens. They live in the database, so that every Host has the same; the ring holds them in memory. A new key
/// is
/// published an hour before it signs, and the old one stays published until the last token that it signed has expired: nobody is signed
/// out.
/// </summary>
internal sealed class SigningKeyRing(IdentityDatabase database, SigningKeyCipher cipher, SigningKeySettings settings, TimeProvider clock)
    : ITokenKeys,
        IDisposable
{
    /// <summary>How long a key is published before it signs; verifiers that cache the key set have met it by then.</summary>
    public static readonly TimeSpan PublishedBefore = TimeSpan.FromHours(1);

    // The last token a key signed lives ten minutes; the rest is for Hosts whose clocks differ.
    private static readonly TimeSpan PublishedAfter = TokenLifetimes.AccessToken + TimeSpan.FromMinutes(5);

    // Junk tokens with made-up key ids may cost no more than this.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _looking = new(1);
    private long? _lastLook;

    // By generation, and never changed in place.
    private SigningKey[] _keys = [];

    /// <summary>The key that signs now.</summary>
    public SigningKey Current
    {
        get
        {
            var keys = _keys;
            var now = clock.GetUtcNow();
            // The very first key may come from a Host whose clock is ahead.
            return Array.FindLast(keys, key => key.ActivatesAt <= now) ?? keys[0];
        }
    }

    /// <summary>The keys by which tokens are verified: those of the past that still count, the one that signs, and the next.</summary>
    public IEnumerable<SigningKey> Published
    {
        get
        {
            var keys = _keys;
            var now = clock.GetUtcNow();
            return keys.Where((key, i) => i == keys.Length - 1 || now < keys[i + 1].ActivatesAt + PublishedAfter);
        }
    }

    /// <inheritdoc />
    public SecurityKey? Find(string keyId) => Published.FirstOrDefault(key => key.Id == keyId)?.Key;

    /// <inheritdoc />
    public async ValueTask LookAgainAsync(string keyId, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            if (Find(keyId) is not null || (_lastLook is { } last && clock.GetElapsedTime(last) < LookInterval))
                return;

            _lastLook = clock.GetTimestamp();
            await LoadAsync(cancellationToken);
        }
        finally
        {
            _looking.Release();
        }
    }

    /// <summary>Reads the keys, makes the next one when it is time, and drops those that no living token was signed with.</summary>
    /// <exception cref="InvalidSettingException">The keys were sealed under another secret key.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (Next() is { } next)
        {
            await AddAsync(next, cancellationToken);
            await LoadAsync(cancellationToken);
        }

        var oldest = Published.First().Generation;
        if (_keys[0].Generation < oldest)
        {
            await using var session = await database.OpenAsync(cancellationToken);
            await session.DeleteSigningKeysBeforeAsync(oldest, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _looking.Dispose();

    private SigningKeyRow? Next()
    {
        var now = clock.Now();
        if (_keys is not [.., var newest])
            return SigningKey.Create(1, now, now, cipher);

        var due = newest.ActivatesAt + settings.Lifetime;
        if (now < due - PublishedBefore)
            return null;

        // After a long standstill the key is overdue, and is announced all the same.
        var activatesAt = due > now + PublishedBefore ? due : now + PublishedBefore;
        return SigningKey.Create(newest.Generation + 1, now, activatesAt, cipher);
    }

    private async Task AddAsync(SigningKeyRow key, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        try
        {
            await work.InsertSigningKeyAsync(key, cancellationToken);
            await work.CommitAsync();
        }
        catch (Exception e) when (DatabaseFailure.IsDuplicate(e))
        {
            // Another Host made this generation first; its key counts.
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        List<SigningKeyRow> rows;
        await using (var session = await database.OpenAsync(cancellationToken))
            rows = await session.ReadSigningKeysAsync(cancellationToken);

        var known = _keys;
        try
        {
            _keys = [.. rows.Select(row => Array.Find(known, key => key.Id == row.Kid) ?? SigningKey.Open(row, cipher))];
        }
        catch (CryptographicException e)
        {
            throw new InvalidSettingException(
                $"{cipher.Setting} does not open the signing keys in the database of identity: set it to the key with which this installation was first started.",
                e
            );
        }
    }
}
