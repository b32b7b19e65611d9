using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Security;
using Kumiko.Identity.Features.CreateInvitation;
using Kumiko.Identity.Features.ForgotPassword;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.ListActivity;
using Kumiko.Identity.Features.ListInvitations;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.ResetPassword;
using Kumiko.Identity.Invitations;
using Kumiko.Identity.Mail;
using Kumiko.Identity.Users;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

/// <summary>How long and how often an invitation works.</summary>
public sealed class InvitationTests
{
    private const string Guest = "guest@example.com";
    private const string Visitor = "visitor@example.com";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_invitation_works_for_seven_days_and_is_listed_as_long(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = await AdminAsync(module);
        TestModule.Success(await InviteAsync(module, admin, Guest));
        TestModule.Success(await InviteAsync(module, admin, "late@example.com"));
        var (early, late) = (await SecretAsync(module, Guest), await SecretAsync(module, "late@example.com"));

        module.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        TestModule.Success(await RegisterAsync(module, Guest, "early", early));
        Assert.Single(await ListAsync(module, admin));
        module.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(410, (await RegisterAsync(module, "late@example.com", "late", late)).FirstError.NumericType);
        Assert.Empty(await ListAsync(module, admin));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_twenty_who_use_one_invitation_at_once_one_gets_an_account(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        TestModule.Success(await InviteAsync(module, await AdminAsync(module), Guest));
        var secret = await SecretAsync(module, Guest);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(n => Task.Run(() => RegisterAsync(module, Guest, $"guest{n}", secret)))
        );

        Assert.Single(results, result => !result.IsError);
        // Few passwords of one caller wait to be hashed.
        Assert.All(results.Where(result => result.IsError), result => Assert.True(result.FirstError.NumericType is 410 or 429));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_invitation_takes_the_address_from_an_account_that_never_proved_it(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = await AdminAsync(module);
        await module.RegisterAsync("visitor");
        var squatter = TestModule.UserOf(await module.SignInAsync("visitor"));
        TestModule.Success(await module.Mediator.Send(new ForgotPassword(Visitor, "", Language: null), Cancellation));
        var reset = await module.SecretAsync(MailTemplate.ResetPassword, Visitor);
        TestModule.Success(await InviteAsync(module, admin, Visitor));
        var secret = await SecretAsync(module, Visitor);

        // A refused registration takes nothing.
        Assert.Equal(409, (await RegisterAsync(module, Visitor, "boss", secret)).FirstError.NumericType);
        Assert.Equal(Visitor, TestModule.Success(await module.Mediator.Send(new GetMe(squatter), Cancellation)).Email);
        var registered = TestModule.Success(await RegisterAsync(module, Visitor, "invited", secret)).Resource;

        Assert.Equal((Visitor, true), (registered.Email, registered.EmailVerified));
        var without = TestModule.Success(await module.Mediator.Send(new GetMe(squatter), Cancellation));
        Assert.Equal((false, $"account-{squatter.Id}@taken.invalid"), (without.EmailVerified, without.Email));
        var newPassword = new ResetPassword(reset, "eight maple leaves", null, "", DeviceToken: null);
        Assert.Equal(410, (await module.Mediator.Send(newPassword, Cancellation)).FirstError.NumericType);
        var activity = TestModule.Success(await module.Mediator.Send(new ListActivity(20, null, squatter), Cancellation));
        Assert.Equal(("email_change", "taken"), (activity.Items[0].Action, activity.Items[0].Details));
    }

    [Fact]
    public async Task A_proved_address_cannot_be_invited_or_taken()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var admin = await AdminAsync(module);
        await module.RegisterAsync("visitor");
        TestModule.Success(await InviteAsync(module, admin, Visitor));
        var secret = await SecretAsync(module, Visitor);
        await module.VerifyAsync("visitor");

        Assert.Equal(409, (await InviteAsync(module, admin, Visitor)).FirstError.NumericType);
        var refused = await RegisterAsync(module, Visitor, "invited", secret);
        Assert.Equal((409, "email"), (refused.FirstError.NumericType, refused.FirstError.Code));
    }

    [Fact]
    public async Task An_address_gets_five_invitations_an_hour()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        var admin = await AdminAsync(module);
        for (var n = 0; n < 5; n++)
            TestModule.Success(await InviteAsync(module, admin, Guest));
        Assert.Equal(429, (await InviteAsync(module, admin, Guest)).FirstError.NumericType);
    }

    private static async Task<CurrentUser> AdminAsync(TestModule module)
    {
        await module.RegisterAsync("boss");
        await module.Get<IAccountRoles>().ChangeAsync("boss@example.com", "admin", Cancellation);
        return TestModule.UserOf(await module.SignInAsync("boss"));
    }

    private static async Task<ErrorOr<IdempotentAnswer<InvitationResponse>>> InviteAsync(
        TestModule module,
        CurrentUser admin,
        string email
    ) => await module.Mediator.Send(new CreateInvitation(email, admin, IdempotencyKey.None, Language: null), Cancellation);

    private static async Task<string> SecretAsync(TestModule module, string email) =>
        (await module.SecretAsync(MailTemplate.Invitation, email)).Split('&')[0];

    private static async Task<ErrorOr<IdempotentAnswer<UserResponse>>> RegisterAsync(
        TestModule module,
        string email,
        string name,
        string invitation
    ) =>
        await module.Mediator.Send(
            new RegisterUser(email, name, TestModule.Password, ClientAddress: "", IdempotencyKey.None, Invitation: invitation),
            Cancellation
        );

    private static async Task<IReadOnlyList<InvitationRow>> ListAsync(TestModule module, CurrentUser admin) =>
        TestModule.Success(await module.Mediator.Send(new ListInvitations(20, null, admin), Cancellation)).Items;
}
