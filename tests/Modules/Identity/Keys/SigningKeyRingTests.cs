using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Data;
using Kumiko.Identity.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.Identity.Tests.Keys;

public sealed class SigningKeyRingTests
{
    private static readonly SecretKey Secret = new(RandomNumberGenerator.GetBytes(32));

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Hosts_that_start_together_agree_on_the_first_key(DatabaseProvider provider)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(provider);
        var rings = Enumerable.Range(0, 5).Select(_ => Ring(test.Database)).ToList();

        await Task.WhenAll(rings.Select(ring => Task.Run(() => ring.RenewAsync(Cancellation))));

        Assert.Single(rings.Select(ring => ring.Current.Id).Distinct());
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_key_is_replaced_without_signing_anyone_out(DatabaseProvider provider)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(provider);
        var ring = Ring(test.Database);
        await ring.RenewAsync(Cancellation);
        var first = ring.Current.Id;

        // A minute before the new key is announced.
        _clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(61));
        await ring.RenewAsync(Cancellation);
        Assert.Single(ring.Published);

        // Announced, but not signing yet.
        _clock.Advance(TimeSpan.FromMinutes(1));
        await ring.RenewAsync(Cancellation);
        var second = ring.Published.Last().Id;
        Assert.NotEqual(first, second);
        Assert.Equal(first, ring.Current.Id);

        // Signing, and the old key is still valid.
        _clock.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(second, ring.Current.Id);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await ring.RenewAsync(Cancellation);
        Assert.NotNull(ring.Find(first));

        // No valid token was signed with the old key.
        _clock.Advance(TimeSpan.FromMinutes(6));
        await ring.RenewAsync(Cancellation);
        Assert.Null(ring.Find(first));
        await using var session = await test.Database.OpenAsync(Cancellation);
        Assert.Equal(second, Assert.Single(await session.ReadSigningKeysAsync(Cancellation)).Kid);
    }

    [Fact]
    public async Task After_a_long_downtime_the_next_key_is_published_before_it_signs()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await Ring(test.Database).RenewAsync(Cancellation);
        _clock.Advance(TimeSpan.FromDays(365));
        var ring = Ring(test.Database);

        await ring.RenewAsync(Cancellation);

        Assert.Equal(2, ring.Published.Count());
        Assert.Equal(ring.Published.First().Id, ring.Current.Id);
        _clock.Advance(SigningKeyRing.PublishedBefore);
        Assert.Equal(ring.Published.Last().Id, ring.Current.Id);
    }

    [Fact]
    public async Task A_host_loads_the_key_that_another_created()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var one = Ring(test.Database);
        var other = Ring(test.Database);
        await one.RenewAsync(Cancellation);
        await other.RenewAsync(Cancellation);
        _clock.Advance(TimeSpan.FromDays(30));
        await one.RenewAsync(Cancellation);
        var made = one.Published.Last().Id;
        Assert.Null(other.Find(made));

        await other.ReloadAsync(made, Cancellation);

        Assert.NotNull(other.Find(made));
    }

    [Fact]
    public async Task Unknown_key_ids_cause_few_database_reads()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var one = Ring(test.Database);
        var other = Ring(test.Database);
        await one.RenewAsync(Cancellation);
        await other.ReloadAsync("made up", Cancellation);
        _clock.Advance(TimeSpan.FromDays(30));
        await other.ReloadAsync("made up", Cancellation);
        await one.RenewAsync(Cancellation);
        var made = one.Published.Last().Id;

        await other.ReloadAsync(made, Cancellation);
        Assert.Null(other.Find(made));

        _clock.Advance(TimeSpan.FromSeconds(5));
        await other.ReloadAsync(made, Cancellation);
        Assert.NotNull(other.Find(made));
    }

    [Fact]
    public async Task Another_secret_key_stops_the_start_with_a_sentence()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await Ring(test.Database).RenewAsync(Cancellation);

        var failure = await Assert.ThrowsAsync<InvalidSettingException>(() =>
            Ring(test.Database, new SecretKey(RandomNumberGenerator.GetBytes(32))).RenewAsync(Cancellation)
        );

        Assert.Contains("Security:Key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_private_key_is_encrypted_in_the_database()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var ring = Ring(test.Database);
        await ring.RenewAsync(Cancellation);
        await using var session = await test.Database.OpenAsync(Cancellation);
        var row = Assert.Single(await session.ReadSigningKeysAsync(Cancellation));

        var plain = new SigningKeyCipher(Secret, "Security:Key").Decrypt(row.PrivateKey, row.Kid);

        Assert.Equal(32, plain.Length);
        Assert.Equal(-1, row.PrivateKey.AsSpan().IndexOf(plain));
        Assert.ThrowsAny<CryptographicException>(() => new SigningKeyCipher(Secret, "Security:Key").Decrypt(row.PrivateKey, "another id"));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("01:59:59")]
    [InlineData("-30.00:00:00")]
    public void An_invalid_key_lifetime_is_refused(string lifetime) => Assert.Throws<InvalidSettingException>(() => Settings(lifetime));

    private SigningKeyRing Ring(IdentityDatabase database, SecretKey? secret = null) =>
        new(database, new SigningKeyCipher(secret ?? Secret, "Security:Key"), Settings(null), _clock);

    private static SigningKeySettings Settings(string? lifetime) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Tokens:KeyLifetime", lifetime)]).Build());
}
