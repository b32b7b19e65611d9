using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.ConfirmTotp;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.FinishPasskeyRegistration;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.KeepEmail;
using Kumiko.Identity.Features.RenewRecoveryCodes;
using Kumiko.Identity.Features.ResetPassword;
using Kumiko.Identity.Features.SetUpTotp;
using Kumiko.Identity.Features.TurnOffTotp;
using Kumiko.Identity.Features.UndoFactors;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Features.VerifyEmail;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.Recovery;
using Kumiko.Identity.Users;
using OtpNet;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

/// <summary>What the links of mails about new factors undo, and what they do not.</summary>
public sealed class UndoFactorsTests
{
    private const string Una = "una@example.com";
    private const string Thief = "thief@example.com";
    private const string NewPassword = "eight maple leaves";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_twenty_uses_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        await TurnOnAsync(module);
        await using var beside = await module.AnotherInstanceAsync();
        var link = await module.SecretAsync(MailTemplate.SecondFactorOn, Una);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Task.Run(() => UndoAsync(n % 2 == 0 ? module : beside, link)))
        );

        Assert.Single(results, result => !result.IsError);
        Assert.All(results, result => Assert.True(Status(result) is 200 or 410));
    }

    // The one that comes second finds that the first has voided it.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Of_all_links_used_at_once_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var thief = TestModule.UserOf(await module.SignInAsync("una"));
        var links = new List<string>();
        for (var n = 0; n < 10; n++)
        {
            var app = await TurnOnAsync(module, thief);
            links.Add(await module.SecretAsync(MailTemplate.SecondFactorOn, Una));
            TestModule.Success(await module.Mediator.Send(new TurnOffTotp(TestModule.Password, app.RecoveryCodes[0], thief), Cancellation));
        }

        TestModule.Success(await ChangeEmailAsync(module, thief));
        var keep = await module.SecretAsync(MailTemplate.EmailChanging, Una);

        var results = await Task.WhenAll(
            links.Select(link => Task.Run(() => UndoAsync(module, link))).Append(Task.Run(() => KeepAsync(module, keep)))
        );

        Assert.Single(results, result => !result.IsError);
        Assert.All(results, result => Assert.True(Status(result) is 200 or 410));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_link_works_for_72_hours(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        await TurnOnAsync(module);
        var link = await module.SecretAsync(MailTemplate.SecondFactorOn, Una);
        module.Clock.Advance(Lifetime);
        Assert.Equal(410, Status(await UndoAsync(module, link)));

        await AddPasskeyAsync(module, 1);
        var next = await OfferAsync(module);
        module.Clock.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        TestModule.Success(await UndoAsync(module, next));
        Assert.Equal((true, 0), await FactorsAsync(module));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_was_there_before_stays_and_a_reset_asks_for_it(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var app = await TurnOnAsync(module);
        await AddPasskeyAsync(module, 1);
        module.Clock.Advance(Lifetime);
        await AddPasskeyAsync(module, 2);
        var link = await OfferAsync(module);
        module.Clock.Advance(TimeSpan.FromHours(1));
        await AddPasskeyAsync(module, 3);

        var undone = TestModule.Success(await UndoAsync(module, link));

        Assert.Equal((true, 1), await FactorsAsync(module));
        Assert.Equal(401, Status(await ResetAsync(module, undone.ResetToken)));
        TestModule.Success(await ResetAsync(module, undone.ResetToken, app.RecoveryCodes[0]));
        await module.SignInAsync("una", NewPassword, app.RecoveryCodes[1]);
    }

    // Whoever has the newer link reads the mail with the older one, too.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_link_undoes_what_an_older_one_to_the_same_address_would(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        await TurnOnAsync(module);
        module.Clock.Advance(Lifetime - TimeSpan.FromHours(1));
        await AddPasskeyAsync(module, 1);

        var undone = TestModule.Success(await UndoAsync(module, await OfferAsync(module)));

        Assert.Equal((false, 0), await FactorsAsync(module));
        TestModule.Success(await ResetAsync(module, undone.ResetToken));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task New_recovery_codes_go_and_older_ones_stay(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var app = await TurnOnAsync(module);
        module.Clock.Advance(Lifetime);
        await AddPasskeyAsync(module, 1);
        var undone = TestModule.Success(await UndoAsync(module, await OfferAsync(module)));
        TestModule.Success(await ResetAsync(module, undone.ResetToken, app.RecoveryCodes[0]));

        var user = TestModule.UserOf(await module.SignInAsync("una", NewPassword, app.RecoveryCodes[1]));
        var renewed = TestModule.Success(
            await module.Mediator.Send(new RenewRecoveryCodes(NewPassword, app.RecoveryCodes[2], user), Cancellation)
        );
        undone = TestModule.Success(await UndoAsync(module, await module.SecretAsync(MailTemplate.RecoveryCodesRenewed, Una)));
        Assert.Equal(401, Status(await ResetAsync(module, undone.ResetToken, renewed[0])));
        TestModule.Success(await ResetAsync(module, undone.ResetToken, app.At(module.Clock.GetUtcNow())));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Keeping_the_address_removes_what_was_added_after_the_change_alone(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var app = await TurnOnAsync(module);
        module.Clock.Advance(Lifetime);
        var thief = TestModule.UserOf(await module.SignInAsync("una", code: app.RecoveryCodes[0]));
        TestModule.Success(await ChangeEmailAsync(module, thief));
        TestModule.Success(
            await module.Mediator.Send(new VerifyEmail(await module.SecretAsync(MailTemplate.VerifyNewEmail, Thief)), Cancellation)
        );
        await AddPasskeyAsync(module, 1);

        var kept = TestModule.Success(await KeepAsync(module, await module.SecretAsync(MailTemplate.EmailChanging, Una)));

        Assert.Equal((true, 0), await FactorsAsync(module));
        Assert.Equal(401, Status(await ResetAsync(module, kept.ResetToken)));
        TestModule.Success(await ResetAsync(module, kept.ResetToken, app.RecoveryCodes[1]));
        Assert.Equal(
            [MailTemplate.EmailKept, MailTemplate.EmailReturned, MailTemplate.FactorsUndone],
            (await module.MailsAsync()).Select(mail => mail.Template).TakeLast(5).SkipLast(2).Order()
        );
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_others_added_stays(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        await AddPasskeyAsync(module, 1);
        var link = await OfferAsync(module);
        await module.RegisterAsync("hanako");
        await module.VerifyAsync("hanako");
        var hanako = TestModule.UserOf(await module.SignInAsync("hanako"));
        var app = await TurnOnAsync(module, hanako);
        await AddPasskeyAsync(module, 2, "hanako");

        TestModule.Success(await UndoAsync(module, link));

        Assert.Equal((false, 0), await FactorsAsync(module));
        Assert.Equal((true, 1), await FactorsAsync(module, "hanako"));
        await module.SignInAsync("hanako", code: app.RecoveryCodes[0]);
        TestModule.Success(await UndoAsync(module, await module.SecretAsync(MailTemplate.SecondFactorOn, "hanako@example.com")));
    }

    // Whoever reads the mails of the old address has proved to another account that it is theirs.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task No_link_gives_an_address_back_that_another_account_has_proved(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var una = TestModule.UserOf(await module.SignInAsync("una"));
        await TurnOnAsync(module, una);
        var link = await module.SecretAsync(MailTemplate.SecondFactorOn, Una);
        await TakeAsync(una, Thief);
        await module.RegisterAsync("hanako");
        var hanako = TestModule.UserOf(await module.SignInAsync("hanako"));
        await TakeAsync(hanako, Una);

        Assert.Equal(410, Status(await UndoAsync(module, link)));
        Assert.Equal(410, Status(await KeepAsync(module, await module.SecretAsync(MailTemplate.EmailChanging, Una))));

        Assert.Equal((true, 0), await FactorsAsync(module));
        Assert.Equal((Thief, Una), (await EmailAsync(una), await EmailAsync(hanako)));

        async Task TakeAsync(CurrentUser user, string email)
        {
            TestModule.Success(await ChangeEmailAsync(module, user, email));
            var secret = await module.SecretAsync(MailTemplate.VerifyNewEmail, email);
            TestModule.Success(await module.Mediator.Send(new VerifyEmail(secret), Cancellation));
        }

        async Task<string> EmailAsync(CurrentUser user) =>
            TestModule.Success(await module.Mediator.Send(new GetMe(user), Cancellation)).Email;
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_owner_the_new_address_and_the_audit_trail_get_what_was_undone(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var thief = TestModule.UserOf(await module.SignInAsync("una"));
        var key = await AddPasskeyAsync(module, 1);
        var link = await OfferAsync(module);
        var since = AccountMails.FormatTime(module.Clock.GetUtcNow());
        module.Clock.Advance(TimeSpan.FromHours(1));
        await TurnOnAsync(module, thief);
        TestModule.Success(await ChangeEmailAsync(module, thief));
        var proof = new VerifyEmail(await module.SecretAsync(MailTemplate.VerifyNewEmail, Thief));
        TestModule.Success(await module.Mediator.Send(proof, Cancellation));
        var (mails, entries) = ((await module.MailsAsync()).Count, (await EntriesAsync(module)).Count);

        TestModule.Success(await UndoAsync(module, link));

        Assert.Equal(
            [(MailTemplate.EmailReturned, Thief, null), (MailTemplate.FactorsUndone, Una, since)],
            (await module.MailsAsync()).Skip(mails).Select(mail => (mail.Template, mail.To, mail.Values.GetValueOrDefault("since")))
        );
        Assert.Equal(
            [
                "second_factor_change turned_off",
                $"passkey_removal passkey:{key}",
                "session_end factors_undone",
                "email_change undone",
                "factor_undo",
            ],
            (await EntriesAsync(module)).Skip(entries)
        );
        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(0, await session.ReadFirstAsync<long>("select count(*) from recovery_codes", null, Cancellation));
    }

    // A secret that waits for its first code is not a factor yet.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Keeping_the_address_reports_no_factor_where_none_was_added(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var thief = TestModule.UserOf(await module.SignInAsync("una"));
        TestModule.Success(await module.Mediator.Send(new SetUpTotp(thief), Cancellation));
        TestModule.Success(await ChangeEmailAsync(module, thief));
        var (mails, entries) = ((await module.MailsAsync()).Count, (await EntriesAsync(module)).Count);

        TestModule.Success(await KeepAsync(module, await module.SecretAsync(MailTemplate.EmailChanging, Una)));

        Assert.Equal([(MailTemplate.EmailKept, Una)], (await module.MailsAsync()).Skip(mails).Select(mail => (mail.Template, mail.To)));
        Assert.Equal(["session_end email_kept", "email_change undone"], (await EntriesAsync(module)).Skip(entries));
    }

    // Between the request for the app and its first code nothing is older than it.
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_app_counts_from_its_first_code(DatabaseProvider provider)
    {
        await using var module = await StartAsync(provider);
        var user = TestModule.UserOf(await module.SignInAsync("una"));
        var app = new App(TestModule.Success(await module.Mediator.Send(new SetUpTotp(user), Cancellation)).Secret);
        module.Clock.Advance(TimeSpan.FromMinutes(5));
        await AddPasskeyAsync(module, 1);
        var link = await OfferAsync(module);
        module.Clock.Advance(TimeSpan.FromMinutes(1));
        TestModule.Success(await module.Mediator.Send(new ConfirmTotp(app.At(module.Clock.GetUtcNow()), user), Cancellation));

        TestModule.Success(await UndoAsync(module, link));

        Assert.Equal((false, 0), await FactorsAsync(module));
    }

    [Fact]
    public async Task An_unproved_address_gets_no_link()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite, ("RateLimits:Enabled", "false"));
        await module.RegisterAsync("una");
        var app = await TurnOnAsync(module);
        var user = TestModule.UserOf(await module.SignInAsync("una", code: app.RecoveryCodes[0]));
        TestModule.Success(
            await module.Mediator.Send(new RenewRecoveryCodes(TestModule.Password, app.RecoveryCodes[1], user), Cancellation)
        );
        Assert.Equal([MailTemplate.VerifyEmail], (await module.MailsAsync()).Select(mail => mail.Template));
        Assert.Equal(["verify_email"], await KindsAsync(module));
    }

    [Fact]
    public async Task Links_end_with_the_account()
    {
        await using var module = await StartAsync(DatabaseProvider.Sqlite);
        var user = TestModule.UserOf(await module.SignInAsync("una"));
        await TurnOnAsync(module, user);
        Assert.Equal(["undo_factors"], await KindsAsync(module));
        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));
        Assert.Empty(await KindsAsync(module));
    }

    private static async Task<TestModule> StartAsync(DatabaseProvider provider)
    {
        var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        await module.RegisterAsync("una");
        await module.VerifyAsync("una");
        return module;
    }

    private static async Task<App> TurnOnAsync(TestModule module) =>
        await TurnOnAsync(module, TestModule.UserOf(await module.SignInAsync("una")));

    private static async Task<App> TurnOnAsync(TestModule module, CurrentUser user)
    {
        var app = new App(TestModule.Success(await module.Mediator.Send(new SetUpTotp(user), Cancellation)).Secret);
        var confirm = new ConfirmTotp(app.At(module.Clock.GetUtcNow()), user);
        return app with { RecoveryCodes = TestModule.Success(await module.Mediator.Send(confirm, Cancellation)) };
    }

    private static async Task<long> AddPasskeyAsync(TestModule module, byte credential, string username = "una")
    {
        var userId = await IdAsync(module, username);
        await using var work = await module.Database.BeginAsync(Cancellation);
        var id = await work.InsertPasskeyAsync(
            new PasskeyRow
            {
                UserId = userId,
                Name = "key",
                CredentialId = [credential],
                CreatedAt = module.Clock.GetUtcNow(),
            },
            Cancellation
        );
        await work.CommitAsync();
        return id;
    }

    // The link of a passkey that was added now.
    private static async Task<string> OfferAsync(TestModule module)
    {
        var id = await IdAsync(module);
        await using (var work = await module.Database.BeginAsync(Cancellation))
        {
            var user = (await work.LockUserAsync(id, Cancellation))!;
            await module
                .Get<AccountMails>()
                .OfferToUndoAsync(work, user, MailTemplate.PasskeyAdded, module.Clock.GetUtcNow(), [("passkey", "key")], Cancellation);
            await work.CommitAsync();
        }

        return await module.SecretAsync(MailTemplate.PasskeyAdded, Una);
    }

    private static async Task<long> IdAsync(TestModule module, string username = "una")
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select id from users where username = @username", new { username }, Cancellation);
    }

    private static async Task<(bool SecondFactor, int Passkeys)> FactorsAsync(TestModule module, string username = "una")
    {
        var id = await IdAsync(module, username);
        await using var work = await module.Database.BeginAsync(Cancellation);
        var user = await work.ReadUserAsync(id, Cancellation);
        return (user.SecondFactor, user.Passkeys);
    }

    // What the audit trail says, the oldest first.
    private static async Task<List<string>> EntriesAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        var entries = await session.ReadAllAsync<string>(
            "select concat(action, ' ', coalesce(details, '')) from audit_entries order by id",
            null,
            Cancellation
        );
        return entries.ConvertAll(entry => entry.Trim());
    }

    private static async Task<List<string>> KindsAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadAllAsync<string>("select kind from one_time_secrets", null, Cancellation);
    }

    private static async Task<ErrorOr<RecoveredAccount>> UndoAsync(TestModule module, string link) =>
        await module.Mediator.Send(new UndoFactors(link), Cancellation);

    private static async Task<ErrorOr<RecoveredAccount>> KeepAsync(TestModule module, string link) =>
        await module.Mediator.Send(new KeepEmail(link), Cancellation);

    private static async Task<ErrorOr<Success>> ResetAsync(TestModule module, string secret, string? code = null) =>
        await module.Mediator.Send(new ResetPassword(secret, NewPassword, code, "192.0.2.1", DeviceToken: null), Cancellation);

    private static async Task<ErrorOr<UserRow>> ChangeEmailAsync(TestModule module, CurrentUser user, string email = Thief) =>
        await module.Mediator.Send(new UpdateMe(null, email, TestModule.Password, user, ExpectedVersion.Any), Cancellation);

    private static int Status<T>(ErrorOr<T> result) => result.IsError ? result.FirstError.NumericType : 200;

    private sealed record App(string Secret)
    {
        public string[] RecoveryCodes { get; init; } = [];

        public string At(DateTimeOffset time) => new Totp(Base32Encoding.ToBytes(Secret)).ComputeTotp(time.UtcDateTime);
    }
}
