using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Kumiko.Identity.Keys;

/// <summary>
/// The keys that sign access tokens. The database stores them, so that every Host has the same ones, and the ring holds them in memory. A
/// new key is published an hour before it signs, and the old one stays published until the last token that it signed has expired, so no
/// user is signed out.
/// </summary>
internal sealed class SigningKeyRing(IdentityDatabase database, SigningKeyCipher cipher, SigningKeySettings settings, TimeProvider clock)
    : ITokenKeys,
        IDisposable
{
    /// <summary>How long a key is published before it signs; by then verifiers that cache the key set have read it.</summary>
    public static readonly TimeSpan PublishedBefore = TimeSpan.FromHours(1);

    // The last token of a key lives ten minutes; the rest allows for clock differences between Hosts.
    private static readonly TimeSpan PublishedAfter = TokenLifetimes.AccessToken + TimeSpan.FromMinutes(5);

    // Limits the cost of junk tokens with made-up key ids.
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reloading = new(1);
    private long? _lastReload;

    // Ordered by generation. The array is replaced, never changed in place.
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

    /// <summary>How long the next key should have been published already; zero if it is not due.</summary>
    public TimeSpan Overdue =>
        _keys is [.., var newest] && clock.GetUtcNow() - (newest.ActivatesAt + settings.Lifetime - PublishedBefore) is { Ticks: > 0 } late
            ? late
            : TimeSpan.Zero;

    /// <summary>The keys that verify tokens: earlier ones that are still valid, the current one and the next.</summary>
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
    public async ValueTask ReloadAsync(string keyId, CancellationToken cancellationToken)
    {
        await _reloading.WaitAsync(cancellationToken);
        try
        {
            if (Find(keyId) is not null || (_lastReload is { } last && clock.GetElapsedTime(last) < ReloadInterval))
                return;

            _lastReload = clock.GetTimestamp();
            await LoadAsync(cancellationToken);
        }
        finally
        {
            _reloading.Release();
        }
    }

    /// <summary>Reads the keys, creates the next one when it is due, and drops those that signed no token that is still alive.</summary>
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
    public void Dispose() => _reloading.Dispose();

    private SigningKeyRow? Next()
    {
        var now = clock.Now();
        if (_keys is not [.., var newest])
            return SigningKey.Create(1, now, now, cipher);

        var due = newest.ActivatesAt + settings.Lifetime;
        if (now < due - PublishedBefore)
            return null;

        // After a long standstill the key is overdue, but it is published ahead all the same.
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
            // Another Host made this generation first, and its key counts.
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
                $"{cipher.Setting} does not open the signing keys in the database of identity: set it to the key that this "
                    + "installation has used until now, or list that key after the new one.",
                e
            );
        }
    }
}
