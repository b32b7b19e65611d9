using System.Security.Cryptography;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Audit;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Exports;
using Kumiko.Identity.Features.ConfirmTotp;
using Kumiko.Identity.Features.ExportMe;
using Kumiko.Identity.Features.SetUpTotp;
using Kumiko.Identity.Keys;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passkeys;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Xunit;

namespace Kumiko.Identity.Tests.SecretRotation;

public sealed class SecretRotationTests
{
    private static readonly byte[] Old = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] New = RandomNumberGenerator.GetBytes(32);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Everything_can_be_read_without_the_old_secret_after_it(DatabaseProvider provider)
    {
        await using var test = await TestModule.StartAsync(provider, new SecretKey(Old));
        await test.RegisterAsync("wanda");
        var totp = await UseAppAsync(test);
        var user = TestModule.UserOf(await test.SignInAsync("wanda", code: Code(test, totp)));
        await test.Mediator.Send(new ExportMe(user), Cancellation);
        var hashes = Hashes(test, user.Id);

        await using (var both = await test.AnotherInstanceAsync(new SecretKey(New, Old)))
        {
            Assert.Equal(hashes, Hashes(both, user.Id));
            foreach (var data in both.Get<IServiceProvider>().GetServices<ISealedData>())
            {
                var first = await data.RenewAsync(Cancellation);
                Assert.True(first is { Renewed: > 0, Current: 0, Unreadable: 0 }, $"{data.Name}: {first}");
                Assert.Equal(new RenewedData(0, first.Renewed, 0), await data.RenewAsync(Cancellation));
            }
        }

        await using var after = await test.AnotherInstanceAsync(new SecretKey(New));
        Assert.Equal(hashes, Hashes(after, user.Id));
        Assert.NotEmpty(await after.MailsAsync());
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        await after.SignInAsync("wanda", code: Code(test, totp));
        Assert.True((await after.Get<IAuditVerification>().VerifyAsync(known: null, Cancellation)).IsIntact);
        await using var session = await test.Database.OpenAsync(Cancellation);
        var export = await session.ReadExportAsync(user.Id, test.Clock.GetUtcNow(), Cancellation);
        Assert.Null(after.Get<ExportKeys>().Renew(export!.PrivateKey, export.ExportId));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_no_listed_key_opens_is_counted_and_left_as_it_is(DatabaseProvider provider)
    {
        await using var test = await TestModule.StartAsync(provider, new SecretKey(Old));
        await test.RegisterAsync("wanda");
        await using var session = await test.Database.OpenAsync(Cancellation);
        await session.ExecuteAsync("update mails set content = @Junk", new { Junk = new byte[100] }, Cancellation);

        await using var both = await test.AnotherInstanceAsync(new SecretKey(New, Old));
        var mails = both.Get<IServiceProvider>().GetServices<ISealedData>().Single(data => data.Name == "queued mails");

        Assert.Equal(new RenewedData(0, 0, 1), await mails.RenewAsync(Cancellation));
        Assert.Equal(new byte[100], await session.ReadFirstAsync<byte[]>("select content from mails", parameters: null, Cancellation));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_process_with_a_wrong_secret_does_not_start(DatabaseProvider provider)
    {
        await using var test = await TestModule.StartAsync(provider, new SecretKey(Old));

        var refused = await Assert.ThrowsAsync<InvalidSettingException>(() => test.AnotherInstanceAsync(new SecretKey(New)));
        Assert.StartsWith("Security:Key (or Security:KeyFile) does not open", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_hashes_of_an_earlier_version_stay_good(DatabaseProvider provider)
    {
        await using var test = await TestModule.StartAsync(provider, new SecretKey(Old));
        await test.RegisterAsync("wanda");
        await using var session = await test.Database.OpenAsync(Cancellation);
        await session.ExecuteAsync("delete from hash_keys", parameters: null, Cancellation);

        // A wrong secret is refused before it becomes the key, and a command does not decide which it is.
        await Assert.ThrowsAsync<InvalidSettingException>(() => test.AnotherInstanceAsync(new SecretKey(New)));
        var command = new HashKey(test.Database, new SecretKey(New), test.Clock);
        await Assert.ThrowsAsync<InvalidSettingException>(async () => await command.LoadAsync(Cancellation));
        // Which of the two the hashes were made with is unknown.
        await Assert.ThrowsAsync<InvalidSettingException>(() => test.AnotherInstanceAsync(new SecretKey(Old, New)));
        await using var upgraded = await test.AnotherInstanceAsync(new SecretKey(Old));

        Assert.Equal(new SecretKey(Old).Derive("identity.devices", 32), upgraded.Get<HashKey>().For("identity.devices"));
    }

    private static string Hashes(TestModule test, long userId) =>
        string.Join(
            ' ',
            new[]
            {
                test.Get<AuditChain>().PersonOf(userId)!,
                test.Get<KnownDevices>().Hash("token", "127.0.0.1"),
                test.Get<NameHashes>().Of("wanda").Skeleton,
                test.Get<RelyingParty>().UserHandle(userId),
            }.Select(Convert.ToHexString)
        );

    private static async Task<Totp> UseAppAsync(TestModule test)
    {
        var user = TestModule.UserOf(await test.SignInAsync("wanda"));
        var pending = TestModule.Success(await test.Mediator.Send(new SetUpTotp(user), Cancellation));
        var totp = new Totp(Base32Encoding.ToBytes(pending.Secret));
        TestModule.Success(await test.Mediator.Send(new ConfirmTotp(Code(test, totp), user), Cancellation));
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        return totp;
    }

    private static string Code(TestModule test, Totp totp) => totp.ComputeTotp(test.Clock.GetUtcNow().UtcDateTime);
}
