using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.ConfirmTotp;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.ForgotPassword;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.Reauthenticate;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.RenewRecoveryCodes;
using Kumiko.Identity.Features.ResetPassword;
using Kumiko.Identity.Features.SetUpTotp;
using Kumiko.Identity.Features.TurnOffTotp;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using OtpNet;
using Xunit;

namespace Kumiko.Identity.Tests.SecondFactors;

public sealed class SecondFactorTests
{
    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_twenty_sign_ins_with_one_code_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        var (_, app) = await TurnOnAsync(module);
        module.Clock.Advance(TimeSpan.FromSeconds(30));
        await using var beside = await module.AnotherInstanceAsync();
        var code = app.At(Step(module));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Task.Run(() => (n % 2 == 0 ? module : beside).TrySignInAsync("olive", code: code)))
        );

        Assert.Single(results, result => !result.IsError);
        // The other instance counts failures.
        Assert.All(results, result => Assert.True(Status(result) is 200 or 401 or 429));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_twenty_sign_ins_with_one_recovery_code_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        var (_, app) = await TurnOnAsync(module);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => module.TrySignInAsync("olive", code: app.RecoveryCodes[3])))
        );

        Assert.Single(results, result => !result.IsError);
        // The other nine are still good.
        await module.SignInAsync("olive", code: app.RecoveryCodes[4]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_twenty_confirmations_at_once_one_turns_it_on(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        await module.RegisterAsync("olive");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        await using var beside = await module.AnotherInstanceAsync(("RateLimits:Enabled", "false"));
        var app = await SetUpAsync(module, user);
        var confirm = new ConfirmTotp(app.At(Step(module)), user);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n => Task.Run(async () => await (n % 2 == 0 ? module : beside).Mediator.Send(confirm, Cancellation)))
        );

        var codes = Assert.Single(results, result => !result.IsError).Value;
        Assert.All(results.Where(result => result.IsError), result => Assert.Equal(409, result.FirstError.NumericType));
        // The recovery codes of the one answer are the ones that are good.
        Assert.Equal(10, await CountAsync(module, "recovery_codes"));
        await module.SignInAsync("olive", code: codes[0]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_twenty_proofs_with_one_code_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        var (user, app) = await TurnOnAsync(module);
        module.Clock.Advance(TimeSpan.FromSeconds(30));
        await using var beside = await module.AnotherInstanceAsync(("RateLimits:Enabled", "false"));
        var proof = new Reauthenticate("", app.At(Step(module)), user);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n => Task.Run(async () => await (n % 2 == 0 ? module : beside).Mediator.Send(proof, Cancellation)))
        );

        Assert.Single(results, result => !result.IsError);
        Assert.All(results.Where(result => result.IsError), result => Assert.Equal(422, result.FirstError.NumericType));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_step_is_accepted_once_and_none_before_it(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (_, app) = await TurnOnAsync(module);
        var step = Step(module);
        // The code that turned it on, and the one before.
        Assert.True((await module.TrySignInAsync("olive", code: app.At(step))).IsError);
        Assert.True((await module.TrySignInAsync("olive", code: app.At(step - 1))).IsError);
        await module.SignInAsync("olive", code: app.At(step + 1));

        module.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True((await module.TrySignInAsync("olive", code: app.At(step + 1))).IsError);
        await module.SignInAsync("olive", code: app.At(step + 2));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task After_five_wrong_codes_strangers_wait_and_the_owner_does_not(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (user, app) = await TurnOnAsync(module);
        TestModule.Success(await module.TrySignInAsync("olive", code: app.RecoveryCodes[0], device: "her browser"));

        for (var n = 0; n < 5; n++)
            Assert.Equal(401, (await module.TrySignInAsync("olive", code: app.At(7))).FirstError.NumericType);
        // Neither the right code nor the right password alone shortens the wait.
        Assert.Equal(429, (await module.TrySignInAsync("olive", code: app.RecoveryCodes[1])).FirstError.NumericType);
        Assert.Equal(401, (await module.TrySignInAsync("olive")).FirstError.NumericType);
        Assert.Equal(429, (await module.TrySignInAsync("olive", code: app.RecoveryCodes[1])).FirstError.NumericType);
        // Whoever lacks the password sees no difference.
        Assert.Equal(
            "The e-mail address or the password is wrong.",
            (await module.TrySignInAsync("olive", "not the password", app.RecoveryCodes[1])).FirstError.Description
        );

        TestModule.Success(await module.TrySignInAsync("olive", code: app.RecoveryCodes[1], device: "her browser"));
        TestModule.Success(await module.Mediator.Send(new Reauthenticate("", app.RecoveryCodes[2], user), Cancellation));
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        await module.SignInAsync("olive", code: app.RecoveryCodes[3]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Right_passwords_without_a_code_do_not_count_as_failures(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (_, app) = await TurnOnAsync(module);
        for (var n = 0; n < 12; n++)
            Assert.Equal(401, (await module.TrySignInAsync("olive")).FirstError.NumericType);
        await module.SignInAsync("olive", code: app.RecoveryCodes[0]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_session_gets_five_wrong_codes(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (user, app) = await TurnOnAsync(module);
        for (var n = 0; n < 5; n++)
            Assert.Equal(422, Status(await module.Mediator.Send(new TurnOffTotp(TestModule.Password, app.At(7), user), Cancellation)));
        Assert.Equal(
            429,
            Status(await module.Mediator.Send(new TurnOffTotp(TestModule.Password, app.RecoveryCodes[0], user), Cancellation))
        );
        Assert.Equal(429, Status(await module.Mediator.Send(new Reauthenticate("", app.RecoveryCodes[0], user), Cancellation)));
        await module.SignInAsync("olive", code: app.RecoveryCodes[0]);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_links_of_an_account_that_choose_a_password_get_five_wrong_codes(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (_, app) = await TurnOnAsync(module);
        await module.VerifyAsync("olive");
        var link = await ForgetAsync();
        for (var n = 0; n < 5; n++)
            Assert.Equal(401, await ResetAsync(link, app.At(7), n));

        // Neither the right code, nor another link or address; and no password is hashed for it.
        var hashed = module.Get<PasswordLimiter>().Hashed;
        Assert.Equal(429, await ResetAsync(link, app.RecoveryCodes[0], 6));
        link = await ForgetAsync();
        Assert.Equal(429, await ResetAsync(link, app.RecoveryCodes[0], 7));
        Assert.Equal(hashed, module.Get<PasswordLimiter>().Hashed);
        // Whoever knows the password signs in as before.
        await module.SignInAsync("olive", code: app.RecoveryCodes[1]);
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await ResetAsync(link, app.RecoveryCodes[0], 8));

        async Task<string> ForgetAsync()
        {
            TestModule.Success(await module.Mediator.Send(new ForgotPassword("olive@example.com", "192.0.2.1", null), Cancellation));
            return await module.SecretAsync(MailTemplate.ResetPassword, "olive@example.com");
        }

        async Task<int> ResetAsync(string secret, string code, int host) =>
            Status(
                await module.Mediator.Send(
                    new ResetPassword(secret, "eight maple leaves", code, $"192.0.2.{host}", DeviceToken: null),
                    Cancellation
                )
            );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_secret_waits_ten_minutes_for_its_first_code(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        var first = await SetUpAsync(module, user);
        var second = await SetUpAsync(module, user);
        Assert.Equal(422, Status(await module.Mediator.Send(new ConfirmTotp(first.At(Step(module)), user), Cancellation)));

        module.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(409, Status(await module.Mediator.Send(new ConfirmTotp(second.At(Step(module)), user), Cancellation)));
        await module.SignInAsync("olive");

        module.Clock.Advance(TimeSpan.FromSeconds(1));
        await module.ApplyAsync();
        Assert.Equal(0, await CountAsync(module, "totp_secrets"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_sweep_keeps_the_second_factor_and_the_end_of_the_account_does_not(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (user, _) = await TurnOnAsync(module);
        module.Clock.Advance(TimeSpan.FromDays(20));
        await module.ApplyAsync();
        Assert.Equal(1, await CountAsync(module, "totp_secrets"));

        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));
        Assert.Equal(0, await CountAsync(module, "totp_secrets"));
        Assert.Equal(0, await CountAsync(module, "recovery_codes"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task New_recovery_codes_replace_the_old_ones(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (user, app) = await TurnOnAsync(module);
        var codes = TestModule.Success(
            await module.Mediator.Send(new RenewRecoveryCodes(TestModule.Password, app.RecoveryCodes[0], user), Cancellation)
        );

        Assert.True((await module.TrySignInAsync("olive", code: app.RecoveryCodes[1])).IsError);
        await module.SignInAsync("olive", code: codes[1]);
        Assert.Equal(9, await CountAsync(module, "recovery_codes"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Tokens_say_when_and_how_the_user_signed_in_and_a_refresh_keeps_it(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var tokens = await module.SignInAsync("olive");
        var begin = module.Clock.GetUtcNow();
        Check(tokens, begin, "pwd");

        module.Clock.Advance(TimeSpan.FromMinutes(7));
        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        Check(tokens, begin, "pwd");

        // The factor's first code proves it in this session.
        var user = TestModule.UserOf(tokens);
        var app = await ConfirmAsync(module, user);
        var confirmed = module.Clock.GetUtcNow();
        module.Clock.Advance(TimeSpan.FromMinutes(7));
        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        Check(tokens, confirmed, "pwd", "otp", "mfa");

        var fresh = TestModule.Success(await module.Mediator.Send(new Reauthenticate("", app.RecoveryCodes[0], user), Cancellation));
        var renewed = module.Clock.GetUtcNow();
        CheckToken(fresh.AccessToken, renewed, "pwd", "otp", "mfa");
        module.Clock.Advance(TimeSpan.FromMinutes(7));
        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        Check(tokens, renewed, "pwd", "otp", "mfa");

        // A password alone does not renew it.
        tokens = TestModule.Success(
            await module.Mediator.Send(
                new ChangePassword(TestModule.Password, "eight maple leaves", null, user, "192.0.2.1", DeviceToken: null),
                Cancellation
            )
        );
        Check(tokens, renewed, "pwd", "otp", "mfa");
        Check(await module.SignInAsync("olive", "eight maple leaves", app.RecoveryCodes[1]), module.Clock.GetUtcNow(), "pwd", "otp", "mfa");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_session_of_an_earlier_version_began_with_a_password(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var tokens = await module.SignInAsync("olive");
        var begin = module.Clock.GetUtcNow();
        await using (var session = await module.Database.OpenAsync(Cancellation))
            await session.ExecuteAsync("update sessions set auth_time = null, amr = null", null, Cancellation);

        module.Clock.Advance(TimeSpan.FromMinutes(7));
        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        Check(tokens, begin, "pwd");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_version_of_the_account_changes_with_the_second_factor(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        var before = TestModule.Success(await module.Mediator.Send(new GetMe(user), Cancellation));
        var app = await ConfirmAsync(module, user);
        var during = TestModule.Success(await module.Mediator.Send(new GetMe(user), Cancellation));
        TestModule.Success(await module.Mediator.Send(new TurnOffTotp(TestModule.Password, app.RecoveryCodes[0], user), Cancellation));
        var after = TestModule.Success(await module.Mediator.Send(new GetMe(user), Cancellation));

        Assert.Equal([false, true, false], [before.SecondFactor, during.SecondFactor, after.SecondFactor]);
        Assert.Equal(3, new[] { before.Tag, during.Tag, after.Tag }.Distinct().Count());
        Assert.Equal(0, await CountAsync(module, "recovery_codes"));
        await module.SignInAsync("olive");
    }

    private static async Task<(CurrentUser User, App App)> TurnOnAsync(TestModule module)
    {
        await module.RegisterAsync("olive");
        var user = TestModule.UserOf(await module.SignInAsync("olive"));
        // No device is known but the one that a test names.
        await using (var session = await module.Database.OpenAsync(Cancellation))
            await session.ExecuteAsync("delete from known_devices", null, Cancellation);
        return (user, await ConfirmAsync(module, user));
    }

    private static async Task<App> SetUpAsync(TestModule module, CurrentUser user) =>
        new(TestModule.Success(await module.Mediator.Send(new SetUpTotp(user), Cancellation)).Secret);

    private static async Task<App> ConfirmAsync(TestModule module, CurrentUser user)
    {
        var app = await SetUpAsync(module, user);
        var confirm = new ConfirmTotp(app.At(Step(module)), user);
        return app with { RecoveryCodes = TestModule.Success(await module.Mediator.Send(confirm, Cancellation)) };
    }

    private static async Task<long> CountAsync(TestModule module, string table)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>(
            table == "totp_secrets" ? "select count(*) from totp_secrets" : "select count(*) from recovery_codes",
            null,
            Cancellation
        );
    }

    private static long Step(TestModule module) => module.Clock.GetUtcNow().ToUnixTimeSeconds() / 30;

    private static int Status<T>(ErrorOr<T> result) => result.IsError ? result.FirstError.NumericType : 200;

    private static void Check(IssuedTokens tokens, DateTimeOffset time, params string[] methods) =>
        CheckToken(tokens.AccessToken, time, methods);

    private static void CheckToken(string token, DateTimeOffset time, params string[] methods)
    {
        var claims = new JsonWebToken(token);
        Assert.Equal(time.ToUnixTimeSeconds(), claims.GetPayloadValue<long>("auth_time"));
        Assert.Equal(methods, claims.GetPayloadValue<string[]>("amr"));
    }

    private sealed record App(string Secret)
    {
        public string[] RecoveryCodes { get; init; } = [];

        public string At(long step) =>
            new Totp(Base32Encoding.ToBytes(Secret)).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * 30).UtcDateTime);
    }
}
