using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Secrets;
using Xunit;

namespace Kumiko.Identity.Tests.Secrets;

public sealed class OneTimeSecretTests
{
    private const string Email = "hanako@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_twenty_uses_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var secret = await IssueAsync(module, SecretKind.VerifyEmail);

        var spent = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => SpendAsync(module, SecretKind.VerifyEmail, secret)))
        );

        Assert.Equal(Email, Assert.Single(spent, row => row is not null)!.Email);
        Assert.Null(await SpendAsync(module, SecretKind.VerifyEmail, secret));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_secret_expires_and_is_swept(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (used, unused) = (await IssueAsync(module, SecretKind.ResetPassword, 1), await IssueAsync(module, SecretKind.ResetPassword, 2));
        module.Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await SpendAsync(module, SecretKind.ResetPassword, used));

        module.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await SpendAsync(module, SecretKind.ResetPassword, unused));

        module.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await module.ApplyAsync();
        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(0, await session.ReadFirstAsync<long>("select count(*) from one_time_secrets", null, Cancellation));
    }

    [Fact]
    public async Task Each_kind_lasts_as_long_as_it_should()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        (SecretKind, TimeSpan)[] lifetimes =
        [
            (SecretKind.VerifyEmail, TimeSpan.FromHours(24)),
            (SecretKind.ResetPassword, TimeSpan.FromMinutes(30)),
            (SecretKind.KeepEmail, TimeSpan.FromHours(72)),
            (SecretKind.UndoFactors, TimeSpan.FromHours(72)),
        ];
        foreach (var (kind, lifetime) in lifetimes)
        {
            var (used, unused) = (await IssueAsync(module, kind, 1), await IssueAsync(module, kind, 2));
            module.Clock.Advance(lifetime - TimeSpan.FromMilliseconds(1));
            Assert.NotNull(await SpendAsync(module, kind, used));
            module.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(await SpendAsync(module, kind, unused));
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_newer_secret_of_a_kind_voids_the_older_one(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var older = await IssueAsync(module, SecretKind.VerifyEmail);
        var reset = await IssueAsync(module, SecretKind.ResetPassword);
        var another = await IssueAsync(module, SecretKind.VerifyEmail, userId: 2);
        var newer = await IssueAsync(module, SecretKind.VerifyEmail, email: "other@example.com");

        Assert.Null(await SpendAsync(module, SecretKind.VerifyEmail, older));
        Assert.NotNull(await SpendAsync(module, SecretKind.VerifyEmail, newer));
        Assert.NotNull(await SpendAsync(module, SecretKind.ResetPassword, reset));
        Assert.NotNull(await SpendAsync(module, SecretKind.VerifyEmail, another));
    }

    // A thief who changes something again must not void the mail to the owner.
    [Fact]
    public async Task A_newer_secret_that_undoes_something_voids_none()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        foreach (var kind in SecretKind.Undoing)
        {
            var owners = await IssueAsync(module, kind);
            await IssueAsync(module, kind);
            await IssueAsync(module, kind, email: "thief@example.com");
            Assert.NotNull(await SpendAsync(module, kind, owners));
        }
    }

    // Whoever reads the mails to the address has the older one as well, whatever it undoes.
    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task What_a_secret_undoes_begins_with_the_oldest_that_still_works_and_went_to_the_same_user_and_address(
        DatabaseProvider provider
    )
    {
        await using var module = await TestModule.StartAsync(provider);
        await IssueAsync(module, SecretKind.UndoFactors);
        module.Clock.Advance(SecretKind.UndoingLifetime - TimeSpan.FromHours(1));
        await IssueAsync(module, SecretKind.UndoFactors, userId: 2);
        await IssueAsync(module, SecretKind.UndoFactors, email: "other@example.com");
        module.Clock.Advance(TimeSpan.FromHours(1));
        // The first no longer works.
        var since = module.Clock.GetUtcNow();
        await IssueAsync(module, SecretKind.KeepEmail);
        module.Clock.Advance(TimeSpan.FromHours(1));
        await IssueAsync(module, SecretKind.UndoFactors);
        module.Clock.Advance(TimeSpan.FromHours(1));
        var newest = await IssueAsync(module, SecretKind.UndoFactors);

        await using var work = await module.Database.BeginAsync(Cancellation);
        var secrets = module.Get<OneTimeSecrets>();
        var spent = (await secrets.SpendAsync(work, SecretKind.UndoFactors, newest, Cancellation))!;
        Assert.Equal(since, await secrets.ReadUndoneSinceAsync(work, spent, Cancellation));
    }

    [Fact]
    public async Task A_secret_of_another_kind_or_form_is_not_accepted()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var secret = await IssueAsync(module, SecretKind.VerifyEmail);

        Assert.Null(await SpendAsync(module, SecretKind.ResetPassword, secret));
        foreach (var other in (string[])["", "x", secret[1..], secret + "A", secret.ToUpperInvariant(), new string('A', 43), "あ"])
            Assert.Null(await SpendAsync(module, SecretKind.VerifyEmail, other));
        Assert.NotNull(await SpendAsync(module, SecretKind.VerifyEmail, secret));
    }

    [Fact]
    public async Task A_secret_is_not_spent_by_what_is_rolled_back()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var secret = await IssueAsync(module, SecretKind.VerifyEmail);
        await using (var work = await module.Database.BeginAsync(Cancellation))
            Assert.NotNull(await module.Get<OneTimeSecrets>().SpendAsync(work, SecretKind.VerifyEmail, secret, Cancellation));

        Assert.NotNull(await SpendAsync(module, SecretKind.VerifyEmail, secret));
    }

    [Fact]
    public async Task The_database_holds_no_secret()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var secret = await IssueAsync(module, SecretKind.VerifyEmail);

        await using var session = await module.Database.OpenAsync(Cancellation);
        var hash = await session.ReadFirstAsync<byte[]>("select secret_hash from one_time_secrets", null, Cancellation);
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(secret);
        Assert.Equal(32, bytes.Length);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), hash);
    }

    private static async Task<string> IssueAsync(TestModule module, SecretKind kind, long userId = 1, string email = Email)
    {
        await using var work = await module.Database.BeginAsync(Cancellation);
        var secret = await module.Get<OneTimeSecrets>().IssueAsync(work, kind, userId, email, Cancellation);
        await work.CommitAsync();
        return secret;
    }

    private static async Task<SecretRow?> SpendAsync(TestModule module, SecretKind kind, string secret)
    {
        await using var work = await module.Database.BeginAsync(Cancellation);
        var row = await module.Get<OneTimeSecrets>().SpendAsync(work, kind, secret, Cancellation);
        await work.CommitAsync();
        return row;
    }
}
