using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.ForgotPassword;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.KeepEmail;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.ResendVerification;
using Kumiko.Identity.Features.ResetPassword;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Features.VerifyEmail;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Recovery;
using Kumiko.Identity.Users;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

/// <summary>What a mailed secret does, and what it does no longer.</summary>
public sealed class MailedSecretTests
{
    private const string NewPassword = "eight maple leaves";
    private const string Hanako = "hanako@example.com";
    private const string Other = "other@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_twenty_resets_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        Success(await ForgetAsync(module));
        var secret = await module.SecretAsync(MailTemplate.ResetPassword, Hanako);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => ResetAsync(module, secret))));

        Assert.Single(results, result => !result.IsError);
        // Few passwords of one caller wait to be hashed.
        Assert.All(results.Where(result => result.IsError), result => Assert.True(result.FirstError.NumericType is 410 or 429));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_reset_proves_the_address_ends_every_session_and_drops_the_pending_address(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var thief = TestModule.UserOf(await module.SignInAsync("hanako"));
        Success(await ChangeEmailAsync(module, thief, Other));
        var thiefs = await module.SecretAsync(MailTemplate.VerifyNewEmail, Other);
        Success(await ForgetAsync(module));

        Success(await ResetAsync(module, await module.SecretAsync(MailTemplate.ResetPassword, Hanako)));

        Assert.Equal(401, (await MeAsync(module, thief)).FirstError.NumericType);
        Assert.Equal(410, (await VerifyAsync(module, thiefs)).FirstError.NumericType);
        var me = Success(await MeAsync(module, TestModule.UserOf(await module.SignInAsync("hanako", NewPassword))));
        Assert.Equal((Hanako, true, null), (me.Email, me.EmailVerified, me.PendingEmail));
        // To a new password, because whoever changed the old one may have kept its owner from signing in.
        var notice = (await module.MailsAsync()).Single(mail => mail.Template == MailTemplate.PasswordChanged);
        Assert.EndsWith("/auth/forgot", notice.Values["link"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_lasts_half_an_hour_and_only_until_the_password_is_changed()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        Success(await ForgetAsync(module));
        module.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.True((await ResetAsync(module, await module.SecretAsync(MailTemplate.ResetPassword, Hanako))).IsError);

        Success(await ForgetAsync(module));
        var secret = await module.SecretAsync(MailTemplate.ResetPassword, Hanako);
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        Success(await module.Mediator.Send(new ChangePassword(TestModule.Password, NewPassword, null, user, "", null), Cancellation));
        Assert.Equal(410, (await ResetAsync(module, secret)).FirstError.NumericType);
    }

    [Fact]
    public async Task A_refused_password_does_not_spend_the_secret()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        Success(await ForgetAsync(module));
        var secret = await module.SecretAsync(MailTemplate.ResetPassword, Hanako);
        foreach (var weak in (string[])["hanako2026", "password", "short"])
            Assert.Equal(422, (await ResetAsync(module, secret, weak)).FirstError.NumericType);
        Success(await ResetAsync(module, secret));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_unknown_address_causes_the_same_work_and_no_mail(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        Success(await ForgetAsync(module, "stranger@example.com"));
        Assert.Empty(await module.MailsAsync());
        Assert.Equal(1, await CountAsync(module, "mails"));
        Assert.Equal(1, await CountAsync(module, "one_time_secrets"));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_disabled_account_gets_no_link_and_cannot_use_an_older_one(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        Success(await ForgetAsync(module));
        var secret = await module.SecretAsync(MailTemplate.ResetPassword, Hanako);
        var before = await module.MailsAsync();
        await module.DisableAsync("hanako");

        Success(await ForgetAsync(module));
        Assert.Equal(before.Count, (await module.MailsAsync()).Count);
        // The same work as for any other address.
        Assert.Equal(before.Count + 1, await CountAsync(module, "mails"));
        var reset = await ResetAsync(module, secret);
        Assert.Equal(IdentityErrors.LinkVoid.Description, reset.FirstError.Description);

        await module.EnableAsync("hanako");
        await module.SignInAsync("hanako");
        Success(await ResetAsync(module, secret));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_disabled_account_gets_no_mail_when_its_address_is_registered_again(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(
            provider,
            ("Identity:RequireVerifiedEmail", "to_sign_in"),
            ("Identity:RevealTakenEmails", "false")
        );
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        Assert.Equal(MailTemplate.EmailRegistered, (await RegisterAgainAsync("first"))[^1].Template);
        await module.DisableAsync("hanako");

        Assert.Equal(2, (await RegisterAgainAsync("second")).Count);
        Assert.Equal(3, await CountAsync(module, "mails"));

        async Task<List<QueuedMail>> RegisterAgainAsync(string name)
        {
            var command = new RegisterUser(Hanako, name, TestModule.Password, "", BuildingBlocks.Idempotency.IdempotencyKey.None);
            Success(await module.Mediator.Send(command, Cancellation));
            return await module.MailsAsync();
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_new_address_is_pending_until_it_is_proved(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        var pending = Success(await ChangeEmailAsync(module, user, Other));
        Assert.Equal((Hanako, true, Other), (pending.Email, pending.EmailVerified, pending.PendingEmail));
        Success(await ForgetAsync(module));
        var reset = await module.SecretAsync(MailTemplate.ResetPassword, Hanako);

        Success(await VerifyAsync(module, await module.SecretAsync(MailTemplate.VerifyNewEmail, Other)));
        var me = Success(await MeAsync(module, user));
        Assert.Equal((Other, true, null), (me.Email, me.EmailVerified, me.PendingEmail));
        Assert.Equal(pending.Version + 1, me.Version);
        // Whoever reads the mails of the old address chooses no password any more.
        Assert.Equal(410, (await ResetAsync(module, reset)).FirstError.NumericType);
    }

    [Fact]
    public async Task The_current_address_cancels_a_pending_one()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        Success(await ChangeEmailAsync(module, user, Other));
        var secret = await module.SecretAsync(MailTemplate.VerifyNewEmail, Other);

        Assert.Null(Success(await ChangeEmailAsync(module, user, Hanako)).PendingEmail);
        Assert.Equal(410, (await VerifyAsync(module, secret)).FirstError.NumericType);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Proving_an_address_takes_it_from_an_account_that_never_did(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("other");
        await module.RegisterAsync("hanako");
        var (squatter, user) = (
            TestModule.UserOf(await module.SignInAsync("other")),
            TestModule.UserOf(await module.SignInAsync("hanako"))
        );
        var squatters = await module.SecretAsync(MailTemplate.VerifyEmail, Other);
        Success(await ForgetAsync(module, Other));
        var reset = await module.SecretAsync(MailTemplate.ResetPassword, Other);
        Success(await ChangeEmailAsync(module, user, Other));

        Success(await VerifyAsync(module, await module.SecretAsync(MailTemplate.VerifyNewEmail, Other)));

        Assert.Equal(Other, Success(await MeAsync(module, user)).Email);
        var without = Success(await MeAsync(module, squatter));
        Assert.Equal((false, $"account-{squatter.Id}@taken.invalid"), (without.EmailVerified, without.Email));
        Assert.Equal(410, (await VerifyAsync(module, squatters)).FirstError.NumericType);
        Assert.Equal(410, (await ResetAsync(module, reset)).FirstError.NumericType);
    }

    [Fact]
    public async Task A_proved_address_stays_with_its_account_and_the_owner_gets_a_mail()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("other");
        await module.VerifyAsync("other");
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));

        var pending = Success(await ChangeEmailAsync(module, user, Other));
        Success(await module.Mediator.Send(new ResendVerification(user), Cancellation));

        Assert.Equal(Other, pending.PendingEmail);
        Assert.Equal(
            [MailTemplate.EmailInUse, MailTemplate.EmailInUse],
            (await module.MailsAsync()).Where(mail => mail.To == Other).Skip(1).Select(mail => mail.Template)
        );
    }

    [Fact]
    public async Task Of_two_accounts_that_want_an_address_the_first_to_prove_it_gets_it()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        var (hanako, taro) = (TestModule.UserOf(await module.SignInAsync("hanako")), TestModule.UserOf(await module.SignInAsync("taro")));
        Success(await ChangeEmailAsync(module, hanako, Other));
        var hanakos = await module.SecretAsync(MailTemplate.VerifyNewEmail, Other);
        Success(await ChangeEmailAsync(module, taro, Other));
        Success(await VerifyAsync(module, await module.SecretAsync(MailTemplate.VerifyNewEmail, Other)));

        Assert.Equal(410, (await VerifyAsync(module, hanakos)).FirstError.NumericType);
        Assert.Equal(Other, Success(await MeAsync(module, taro)).Email);
        Assert.Equal(Hanako, Success(await MeAsync(module, hanako)).Email);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_old_address_undoes_two_changes_of_a_thief_and_ends_every_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        var thief = TestModule.UserOf(await module.SignInAsync("hanako"));
        foreach (var address in (string[])["first@example.com", "second@example.com"])
        {
            Success(await ChangeEmailAsync(module, thief, address));
            Success(await VerifyAsync(module, await module.SecretAsync(MailTemplate.VerifyNewEmail, address)));
        }

        var thiefs = await module.SecretAsync(MailTemplate.EmailChanging, "first@example.com");
        Success(await ChangeEmailAsync(module, thief, "third@example.com"));
        var pending = await module.SecretAsync(MailTemplate.VerifyNewEmail, "third@example.com");
        var owners = await module.SecretAsync(MailTemplate.EmailChanging, Hanako);
        module.Clock.Advance(TimeSpan.FromHours(1));
        var kept = Success(await KeepAsync(module, owners));

        Assert.Equal(401, (await MeAsync(module, thief)).FirstError.NumericType);
        foreach (var secret in (string[])[owners, thiefs])
            Assert.Equal(410, (await KeepAsync(module, secret)).FirstError.NumericType);
        Assert.Equal(410, (await VerifyAsync(module, pending)).FirstError.NumericType);
        Assert.Equal(401, (await module.TrySignInAsync("hanako")).FirstError.NumericType);
        Success(await ResetAsync(module, kept.ResetToken));
        var me = Success(await MeAsync(module, TestModule.UserOf(await module.SignInAsync("hanako", NewPassword))));
        Assert.Equal((Hanako, true, null), (me.Email, me.EmailVerified, me.PendingEmail));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_twenty_who_undo_a_change_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        Success(await ChangeEmailAsync(module, TestModule.UserOf(await module.SignInAsync("hanako")), Other));
        await using var beside = await module.AnotherInstanceAsync();
        var secret = await module.SecretAsync(MailTemplate.EmailChanging, Hanako);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Task.Run(() => KeepAsync(n % 2 == 0 ? module : beside, secret)))
        );

        var kept = Assert.Single(results, result => !result.IsError);
        Assert.All(results.Where(result => result.IsError), result => Assert.Equal(410, result.FirstError.NumericType));
        // The one link to a new password is not void.
        Success(await ResetAsync(module, kept.Value.ResetToken));
    }

    [Fact]
    public async Task The_old_address_can_undo_a_change_for_72_hours()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        Success(await ChangeEmailAsync(module, TestModule.UserOf(await module.SignInAsync("hanako")), Other));
        module.Clock.Advance(TimeSpan.FromHours(72));
        Assert.Equal(410, (await KeepAsync(module, await module.SecretAsync(MailTemplate.EmailChanging, Hanako))).FirstError.NumericType);
    }

    // A mistyped address belongs to somebody else, who must not get the account by undoing the correction.
    [Fact]
    public async Task An_unproved_address_gets_no_notices()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        Success(await ChangeEmailAsync(module, user, Other));
        Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));
        Assert.Equal(
            [MailTemplate.VerifyEmail],
            (await module.MailsAsync()).Where(mail => mail.To == Hanako).Select(mail => mail.Template)
        );
    }

    [Fact]
    public async Task The_owner_gets_mails_about_new_devices_a_new_password_and_the_deletion()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        await SignInAsync(module, "first");
        await SignInAsync(module, "first");
        Assert.Single(await module.MailsAsync());

        await SignInAsync(module, "second");
        var notice = (await module.MailsAsync())[^1];
        Assert.Equal((MailTemplate.NewDevice, "ja", Hanako), (notice.Template, notice.Language, notice.To));
        Assert.Equal("Firefox, Linux", notice.Values["device"]);

        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        Success(await module.Mediator.Send(new ChangePassword(TestModule.Password, NewPassword, null, user, "", null), Cancellation));
        user = TestModule.UserOf(await module.SignInAsync("hanako", NewPassword));
        Success(await module.Mediator.Send(new DeleteMe(NewPassword, user, ExpectedVersion.Any), Cancellation));
        Assert.Equal(
            [MailTemplate.PasswordChanged, MailTemplate.AccountDeleted],
            (await module.MailsAsync()).Select(mail => mail.Template).Where(template => template != MailTemplate.NewDevice).Skip(1)
        );

        async Task SignInAsync(TestModule on, string device) =>
            Success(
                await on.Mediator.Send(
                    new SignIn(Hanako, TestModule.Password, null, null, "Firefox/130 Linux", null, device, null, "ja"),
                    Cancellation
                )
            );
    }

    [Fact]
    public async Task Mails_are_in_the_language_of_the_registration_until_a_sign_in_shows_another()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        Success(
            await module.Mediator.Send(
                new RegisterUser(Hanako, "hanako", TestModule.Password, "", BuildingBlocks.Idempotency.IdempotencyKey.None, "ja"),
                Cancellation
            )
        );
        Success(
            await module.Mediator.Send(new SignIn(Hanako, TestModule.Password, null, null, null, null, null, null, "en"), Cancellation)
        );
        Success(await ForgetAsync(module));
        Assert.Equal(["ja", "en"], (await module.MailsAsync()).Select(mail => mail.Language));
    }

    [Fact]
    public async Task An_address_gets_few_mails_an_hour_whether_or_not_it_has_an_account()
    {
        await using var module = await TestModule.StartAsync(
            DatabaseProvider.Sqlite,
            ("RateLimits:MailsPerHour", "3"),
            ("RateLimits:MailRequestsPerHour", "5")
        );
        await module.RegisterAsync("hanako");
        foreach (var (address, allowed) in (IEnumerable<(string, int)>)[(Hanako, 2), ("stranger@example.com", 3)])
        {
            for (var mail = 0; mail < allowed; mail++)
                Success(await ForgetAsync(module, address, client: $"192.0.2.{mail}"));
            var refused = await ForgetAsync(module, address.ToUpperInvariant(), client: "192.0.2.99");
            Assert.Equal(429, refused.FirstError.NumericType);
        }

        for (var mail = 0; mail < 5; mail++)
            Success(await ForgetAsync(module, $"number-{mail}@example.com", client: "198.51.100.1"));
        Assert.Equal(429, (await ForgetAsync(module, "number-6@example.com", client: "198.51.100.1")).FirstError.NumericType);

        module.Clock.Advance(TimeSpan.FromHours(1));
        Success(await ForgetAsync(module, client: "198.51.100.1"));
    }

    private static T Success<T>(ErrorOr<T> result) => TestModule.Success(result);

    private static async Task<ErrorOr<Success>> ForgetAsync(TestModule module, string email = Hanako, string client = "192.0.2.1") =>
        await module.Mediator.Send(new ForgotPassword(email, client, Language: null), Cancellation);

    private static async Task<ErrorOr<Success>> ResetAsync(TestModule module, string secret, string password = NewPassword) =>
        await module.Mediator.Send(new ResetPassword(secret, password, TotpCode: null, "192.0.2.1", DeviceToken: null), Cancellation);

    private static async Task<long> CountAsync(TestModule module, string table)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select count(*) from " + table, null, Cancellation);
    }

    private static async Task<ErrorOr<Success>> VerifyAsync(TestModule module, string secret) =>
        await module.Mediator.Send(new VerifyEmail(secret), Cancellation);

    private static async Task<ErrorOr<RecoveredAccount>> KeepAsync(TestModule module, string secret) =>
        await module.Mediator.Send(new KeepEmail(secret), Cancellation);

    private static async Task<ErrorOr<UserRow>> ChangeEmailAsync(TestModule module, CurrentUser user, string email) =>
        await module.Mediator.Send(new UpdateMe(null, email, TestModule.Password, user, ExpectedVersion.Any), Cancellation);

    private static async Task<ErrorOr<UserRow>> MeAsync(TestModule module, CurrentUser user) =>
        await module.Mediator.Send(new GetMe(user), Cancellation);
}
