using System.Net;
using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Attempts;
using Kumiko.Identity.Devices;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.ForgotPassword;
using Kumiko.Identity.Features.ResetPassword;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Mail;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Attempts;

public sealed class SignInAttemptTests
{
    private const string Wrong = "not the password";

    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task After_ten_failures_strangers_wait_and_the_pauses_grow(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        for (var n = 0; n < 10; n++)
            Assert.Equal(401, await StatusAsync(module, "olive", Wrong, address: $"192.0.2.{n}"));

        Assert.Equal(429, await StatusAsync(module, "olive", Wrong, address: "192.0.2.99"));
        Assert.Equal(429, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.99"));
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await StatusAsync(module, "olive", Wrong, address: "192.0.2.99"));
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(429, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.99"));
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.99"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_known_device_can_always_try(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.1", device: "her browser"));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.2"));
        for (var n = 0; n < 12; n++)
            await StatusAsync(module, "olive", Wrong, address: "198.51.100.7");
        Assert.Equal(429, await StatusAsync(module, "olive", TestModule.Password, address: "198.51.100.7"));

        // The browser from any address, and a client without cookies at its earlier address.
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "198.51.100.7", device: "her browser"));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.2"));

        // That device is known for one account only, and has its own limit of attempts.
        await module.RegisterAsync("oscar");
        for (var n = 0; n < 10; n++)
            await StatusAsync(module, "oscar", Wrong, address: $"203.0.113.{n}");
        Assert.Equal(429, await StatusAsync(module, "oscar", TestModule.Password, address: "192.0.2.1", device: "her browser"));
        for (var n = 0; n < 10; n++)
            Assert.Equal(401, await StatusAsync(module, "olive", Wrong, address: "192.0.2.1", device: "her browser"));
        Assert.Equal(429, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.1", device: "her browser"));
    }

    public static TheoryData<DatabaseProvider, bool> ProvidersAndWays => TestDatabase.ProvidersWith(false, true);

    [Theory]
    [MemberData(nameof(ProvidersAndWays))]
    public async Task After_a_new_password_only_the_device_that_chose_it_is_known(DatabaseProvider provider, bool isForgotten)
    {
        const string Changed = "eight maple leaves";
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.1", device: "her browser"));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.2", device: "another browser"));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.3"));
        if (isForgotten)
        {
            TestModule.Success(await module.Mediator.Send(new ForgotPassword("olive@example.com", "192.0.2.1", null), Cancellation));
            var secret = await module.SecretAsync(MailTemplate.ResetPassword, "olive@example.com");
            var reset = new ResetPassword(secret, Changed, TotpCode: null, "192.0.2.1", "her browser");
            TestModule.Success(await module.Mediator.Send(reset, Cancellation));
        }
        else
        {
            var user = TestModule.UserOf(await module.SignInAsync("olive"));
            TestModule.Success(
                await module.Mediator.Send(
                    new ChangePassword(TestModule.Password, Changed, TokenDelivery: null, user, "192.0.2.1", "her browser"),
                    Cancellation
                )
            );
        }

        for (var n = 0; n < 10; n++)
            Assert.Equal(401, await StatusAsync(module, "olive", Wrong, address: $"198.51.100.{n}"));
        Assert.Equal(429, await StatusAsync(module, "olive", Changed, address: "192.0.2.2", device: "another browser"));
        Assert.Equal(429, await StatusAsync(module, "olive", Changed, address: "192.0.2.3"));
        Assert.Equal(200, await StatusAsync(module, "olive", Changed, address: "192.0.2.1", device: "her browser"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_account_knows_its_fifty_most_recent_devices(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (olive, oscar) = (await module.RegisterAsync("olive"), await module.RegisterAsync("oscar"));
        await RememberAsync(oscar.Id, 0);
        for (var n = 0; n < 50; n++)
            await RememberAsync(olive.Id, n);
        await RememberAsync(olive.Id, 0);
        Assert.Equal(Enumerable.Range(0, 50).Select(Device).ToHashSet(), await KnownAsync(olive.Id));

        await RememberAsync(olive.Id, 50);
        await RememberAsync(olive.Id, 51);
        Assert.Equal(Enumerable.Range(3, 49).Append(0).Select(Device).ToHashSet(), await KnownAsync(olive.Id));
        Assert.Equal([Device(0)], await KnownAsync(oscar.Id));

        async Task RememberAsync(long userId, int device)
        {
            module.Clock.Advance(TimeSpan.FromSeconds(1));
            await using var work = await module.Database.BeginAsync(Cancellation);
            await KnownDevices.RememberAsync(
                work,
                userId,
                module.Get<KnownDevices>().Hash($"browser {device}", ""),
                module.Clock.Now(),
                Cancellation
            );
            await work.CommitAsync();
        }

        async Task<HashSet<string>> KnownAsync(long userId)
        {
            await using var session = await module.Database.OpenAsync(Cancellation);
            return
            [
                .. (
                    await session.ReadAllAsync<byte[]>(
                        "select device_hash from known_devices where user_id = @userId",
                        new { userId },
                        Cancellation
                    )
                ).Select(Convert.ToHexString),
            ];
        }

        string Device(int device) => Convert.ToHexString(module.Get<KnownDevices>().Hash($"browser {device}", ""));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Simultaneous_attempts_get_no_extra_tries_and_concern_one_account(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await using var other = await module.AnotherInstanceAsync();
        await module.RegisterAsync("olive");
        await module.RegisterAsync("oscar");
        var statuses = await Task.WhenAll(
            Enumerable.Range(0, 60).Select(n => StatusAsync(n % 2 == 0 ? module : other, "olive", Wrong, address: $"192.0.2.{n}"))
        );
        Assert.Equal(10, statuses.Count(status => status == 401));
        Assert.Equal(50, statuses.Count(status => status == 429));
        await module.SignInAsync("oscar");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task One_address_can_fail_a_hundred_times_an_hour_across_all_accounts(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var counters = module.Get<AttemptCounters>();
        var limits = module.Get<IdentityLimits>();
        var address = counters.Of(limits.Address, "192.0.2.1");
        for (var n = 0; n < 99; n++)
            Assert.False((await counters.CountAsync([address], Cancellation)).IsError);
        Assert.Equal(401, await StatusAsync(module, "nobody-1", Wrong, address: "192.0.2.1"));
        Assert.Equal(429, await StatusAsync(module, "nobody-2", Wrong, address: "192.0.2.1"));
        Assert.Equal(401, await StatusAsync(module, "nobody-2", Wrong, address: "192.0.2.2"));
        module.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(401, await StatusAsync(module, "nobody-2", Wrong, address: "192.0.2.1"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_correct_password_is_not_counted(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        for (var n = 0; n < 15; n++)
            Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: $"192.0.2.{n}"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Password_confirmation_is_limited_by_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var (stolen, own) = (TestModule.UserOf(await module.SignInAsync("olive")), TestModule.UserOf(await module.SignInAsync("olive")));
        for (var n = 0; n < 10; n++)
            Assert.Equal(422, Status(await module.Mediator.Send(Delete(stolen, Wrong), Cancellation)));

        Assert.Equal(429, Status(await module.Mediator.Send(Delete(stolen, TestModule.Password), Cancellation)));
        Assert.Equal(200, await StatusAsync(module, "olive", TestModule.Password, address: "192.0.2.1"));
        Assert.Equal(200, Status(await module.Mediator.Send(Delete(own, TestModule.Password), Cancellation)));

        static DeleteMe Delete(CurrentUser user, string password) => new DeleteMe(password, user, ExpectedVersion.Any);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_name_can_change_ten_times_a_day(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        for (var n = 0; n < 10; n++)
            Assert.Equal(200, await RenameAsync($"olive-{n}"));
        Assert.Equal(429, await RenameAsync("olive-10"));
        Assert.Equal(200, await RenameAsync("olive-9"));
        module.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(200, await RenameAsync("olive-10"));

        async Task<int> RenameAsync(string name) =>
            Status(
                await module.Mediator.Send(new UpdateMe(name, Email: null, CurrentPassword: null, user, ExpectedVersion.Any), Cancellation)
            );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Sixty_failed_renames_a_day_are_allowed_and_counted_separately(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        await module.RegisterAsync("oscar");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        for (var n = 0; n < 10; n++)
            Assert.Equal(200, await RenameAsync($"olive-{n}"));
        Assert.Equal(429, await RenameAsync("olive-10"));
        module.Clock.Advance(TimeSpan.FromDays(1));
        for (var n = 0; n < 60; n++)
            Assert.Equal(409, await RenameAsync(n % 2 == 0 ? "oscar" : "admin"));
        Assert.Equal(429, await RenameAsync("oscar"));
        Assert.Equal(429, await RenameAsync("a-free-one"));
        module.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(409, await RenameAsync("oscar"));
        Assert.Equal(200, await RenameAsync("a-free-one"));

        async Task<int> RenameAsync(string name) =>
            Status(
                await module.Mediator.Send(new UpdateMe(name, Email: null, CurrentPassword: null, user, ExpectedVersion.Any), Cancellation)
            );
    }

    private static async Task<int> StatusAsync(TestModule module, string name, string password, string address, string? device = null) =>
        Status(
            await module.Mediator.Send(
                new SignIn(
                    $"{name}@example.com",
                    password,
                    TotpCode: null,
                    TokenDelivery: null,
                    Device: null,
                    IPAddress.Parse(address),
                    device,
                    PreviousToken: null
                ),
                Cancellation
            )
        );

    private static int Status<T>(ErrorOr<T> result) => result.IsError ? result.FirstError.NumericType : 200;
}
