using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Kumiko.Identity.Tests.Keys;

public sealed class KeyRotationTests
{
    private static readonly SigningKeyCipher Cipher = new(new SecretKey(RandomNumberGenerator.GetBytes(32)), "Security:Key");

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.Parse("2026-11-24T12:00:00Z", null));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_new_key_signs_an_hour_after_a_rotation(DatabaseProvider provider)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(provider);
        var (ring, rotation) = (Ring(test), Rotation(test));
        await ring.RenewAsync(Cancellation);
        var first = ring.Current.Id;

        Assert.True((await rotation.RotateAsync(Cancellation)).IsDone);
        // A second rotation in the same hour changes nothing.
        Assert.Contains("already", (await rotation.RotateAsync(Cancellation)).Sentence, StringComparison.Ordinal);
        await ring.RenewAsync(Cancellation);

        Assert.Equal(2, ring.Published.Count());
        Assert.Equal(first, ring.Current.Id);
        Assert.Equal(
            [$"{first}  signs since 2026-11-24 12:00:00Z", $"{ring.Published.Last().Id}  signs from 2026-11-24 13:00:00Z"],
            await rotation.ListAsync(Cancellation)
        );
        _clock.Advance(SigningKeyRing.PublishedBefore);
        Assert.NotEqual(first, ring.Current.Id);
        Assert.NotNull(ring.Find(first));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_withdrawn_key_is_replaced_by_one_that_all_know_before_it_signs(DatabaseProvider provider)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(provider);
        var ring = Ring(test);
        await ring.RenewAsync(Cancellation);
        var stolen = ring.Current.Id;

        await RevokeAsync(
            test,
            stolen,
            published: async () =>
            {
                while (ring.Published.Count() < 2)
                    await ring.RenewAsync(Cancellation);
                Assert.Equal(stolen, ring.Current.Id);
            },
            signing: async () =>
            {
                await ring.RenewAsync(Cancellation);
                Assert.Null(ring.Find(stolen));
                Assert.NotEqual(stolen, ring.Current.Id);
            }
        );
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_next_key_takes_the_place_of_a_withdrawn_one(DatabaseProvider provider)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(provider);
        var ring = Ring(test);
        await ring.RenewAsync(Cancellation);
        var stolen = ring.Current.Id;
        await Rotation(test).RotateAsync(Cancellation);
        await ring.RenewAsync(Cancellation);
        var next = ring.Published.Last().Id;

        await RevokeAsync(test, stolen, published: () => Task.CompletedTask, signing: () => ring.RenewAsync(Cancellation));

        Assert.Equal(next, Assert.Single(ring.Published).Id);
        Assert.Equal(next, ring.Current.Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_that_does_not_sign_is_withdrawn_without_another(bool isNext)
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var ring = Ring(test);
        await ring.RenewAsync(Cancellation);
        await Rotation(test).RotateAsync(Cancellation);
        if (!isNext)
            _clock.Advance(SigningKeyRing.PublishedBefore);
        await ring.RenewAsync(Cancellation);
        var stolen = isNext ? ring.Published.Last().Id : ring.Published.First().Id;
        var current = ring.Current.Id;
        Assert.NotEqual(stolen, current);

        await RevokeAsync(test, stolen, published: () => Task.CompletedTask, signing: () => ring.RenewAsync(Cancellation));

        Assert.Equal(current, Assert.Single(ring.Published).Id);
    }

    [Fact]
    public async Task An_unknown_key_cannot_be_withdrawn()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await Ring(test).RenewAsync(Cancellation);

        var verdict = await Rotation(test).RevokeAsync("made up", Cancellation);

        Assert.False(verdict.IsDone);
        Assert.Contains("made up", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rotation_that_does_not_happen_is_overdue()
    {
        await using var test = await IdentityTestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var ring = Ring(test);
        await ring.RenewAsync(Cancellation);

        _clock.Advance(TimeSpan.FromDays(30) - SigningKeyRing.PublishedBefore);
        Assert.Equal(TimeSpan.Zero, ring.Overdue);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.FromHours(2), ring.Overdue);

        await ring.RenewAsync(Cancellation);
        Assert.Equal(TimeSpan.Zero, ring.Overdue);
    }

    // The command waits twice: until the other key signs, and until every process has noticed that the key is gone.
    private async Task RevokeAsync(IdentityTestDatabase test, string keyId, Func<Task> published, Func<Task> signing)
    {
        var revocation = Rotation(test).RevokeAsync(keyId, Cancellation);
        await published();
        while (!revocation.IsCompleted)
        {
            _clock.Advance(SigningKeyRenewal.Interval);
            await Task.Delay(20, Cancellation);
        }

        Assert.True((await revocation).IsDone, (await revocation).Sentence);
        await signing();
    }

    private SigningKeyRing Ring(IdentityTestDatabase test) =>
        new(test.Database, Cipher, new SigningKeySettings(new ConfigurationBuilder().Build()), _clock);

    private KeyRotation Rotation(IdentityTestDatabase test) => new(test.Database, Cipher, _clock);
}
