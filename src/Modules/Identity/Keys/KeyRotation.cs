using System.Globalization;

namespace Kumiko.Identity.Keys;

/// <summary>Lists, replaces and withdraws the signing keys for the operator. Every instance reads them again within seconds.</summary>
internal sealed class KeyRotation(IdentityDatabase database, SigningKeyCipher cipher, TimeProvider clock) : IKeyRotation
{
    /// <summary>
    /// How long a key is published before it signs in place of a withdrawn one, and how long the withdrawn one is accepted beside it. By
    /// then all processes have read both: they read the keys every <see cref="SigningKeyRenewal.Interval"/>.
    /// </summary>
    public static readonly TimeSpan Notice = 4 * SigningKeyRenewal.Interval;

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(cancellationToken);
        var keys = await session.ReadSigningKeysAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var current = keys.FindLastIndex(key => key.ActivatesAt <= now);
        return
        [
            .. keys.Select(
                (key, at) =>
                    at < current ? $"{key.Kid}  signed from {Time(key.ActivatesAt)} to {Time(keys[at + 1].ActivatesAt)}"
                    : at == current ? $"{key.Kid}  signs since {Time(key.ActivatesAt)}"
                    : $"{key.Kid}  signs from {Time(key.ActivatesAt)}"
            ),
        ];
    }

    /// <inheritdoc />
    public async Task<RotationVerdict> RotateAsync(CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var keys = await work.LockSigningKeysAsync(cancellationToken);
        var now = clock.Now();
        if (keys is [.., { } newest] && newest.ActivatesAt > now)
            return new RotationVerdict(
                IsDone: true,
                $"The next key is published already: {newest.Kid} signs from {Time(newest.ActivatesAt)}."
            );

        var next = SigningKey.Create(NextGeneration(keys), now, now + SigningKeyRing.PublishedBefore, cipher);
        await work.InsertSigningKeyAsync(next, cancellationToken);
        await work.CommitAsync();
        return new RotationVerdict(IsDone: true, $"A new key is published: {next.Kid} signs from {Time(next.ActivatesAt)}.");
    }

    /// <inheritdoc />
    public async Task<RotationVerdict> RevokeAsync(string keyId, CancellationToken cancellationToken)
    {
        if (await ReplaceAsync(keyId, cancellationToken) is not { } replacement)
            return new RotationVerdict(IsDone: false, $"There is no signing key {keyId}: 'keys list' shows those that exist.");

        // Until every process knows the replacement, tokens that it signs would be refused.
        await Task.Delay(
            replacement.ActivatesAt - clock.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero,
            clock,
            cancellationToken
        );
        await using var session = await database.OpenAsync(cancellationToken);
        await session.DeleteSigningKeyAsync(keyId, cancellationToken);
        await Task.Delay(Notice, clock, cancellationToken);
        return new RotationVerdict(
            IsDone: true,
            $"{keyId} is withdrawn, and {replacement.Kid} signs. Clients get new tokens by refreshing; nobody has to sign in again."
        );
    }

    // The key that signs without the withdrawn one: it may have to be made, or to begin earlier. Null if the withdrawn one does not exist.
    private async Task<SigningKeyRow?> ReplaceAsync(string keyId, CancellationToken cancellationToken)
    {
        await using var work = await database.BeginAsync(cancellationToken);
        var keys = await work.LockSigningKeysAsync(cancellationToken);
        if (!keys.Exists(key => key.Kid == keyId))
            return null;

        var now = clock.Now();
        if (keys.FindLast(key => key.ActivatesAt <= now) is { } current && current.Kid != keyId)
            return current;

        var soon = now + Notice;
        var next = keys.Find(key => key.ActivatesAt > now && key.Kid != keyId);
        if (next is null)
        {
            next = SigningKey.Create(NextGeneration(keys), now, soon, cipher);
            await work.InsertSigningKeyAsync(next, cancellationToken);
        }
        else if (next.ActivatesAt > soon)
        {
            next = next with { ActivatesAt = soon };
            await work.AdvanceSigningKeyAsync(next, cancellationToken);
        }

        await work.CommitAsync();
        return next;
    }

    private static long NextGeneration(List<SigningKeyRow> keys) => keys is [.., { } newest] ? newest.Generation + 1 : 1;

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
