using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.ListSessions;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;
using NSec.Cryptography;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_weaker_hash_is_replaced_at_sign_in(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await using var session = await module.Database.OpenAsync(Cancellation);
        var weak = PasswordHash.Create(
            TestModule.Password,
            new Argon2Parameters
            {
                MemorySize = 8 * 1024,
                NumberOfPasses = 1,
                DegreeOfParallelism = 1,
            }
        );
        await session.ExecuteAsync("update users set password_hash = @Weak", new { Weak = weak }, Cancellation);

        await module.SignInAsync("hanako");

        Assert.False(
            module
                .Get<PasswordLimiter>()
                .NeedsRehash((await session.ReadFirstAsync<string>("select password_hash from users", null, Cancellation))!)
        );
        await module.SignInAsync("hanako");
    }

    [Fact]
    public async Task Whoever_has_to_prove_the_address_gets_five_mails_an_hour_by_signing_in()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite, ("Identity:RequireVerifiedEmail", "to_sign_in"));
        await module.RegisterAsync("hanako");
        // The first was that of the registration.
        for (var n = 1; n < 5; n++)
            Assert.Equal(401, (await AskAsync()).FirstError.NumericType);
        Assert.Equal(429, (await AskAsync()).FirstError.NumericType);
        Assert.Equal(5, (await module.MailsAsync()).Count);

        async Task<ErrorOr.ErrorOr<IssuedTokens>> AskAsync() =>
            await module.Mediator.Send(
                new SignIn("hanako@example.com", TestModule.Password, null, null, null, null, null, null, ResendVerification: true),
                Cancellation
            );
    }

    [Fact]
    public async Task A_disabled_account_is_told_so_and_gets_no_mail_that_proves_its_address()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite, ("Identity:RequireVerifiedEmail", "to_sign_in"));
        await module.RegisterAsync("hanako");
        await module.DisableAsync("hanako");

        var refused = await module.Mediator.Send(
            new SignIn("hanako@example.com", TestModule.Password, null, null, null, null, null, null, ResendVerification: true),
            Cancellation
        );

        Assert.Equal(IdentityErrors.AccountDisabled.Description, refused.FirstError.Description);
        Assert.Single(await module.MailsAsync());
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task One_session_too_many_ends_the_least_recently_used(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Sessions:PerUser", "5"));
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        var neighbour = TestModule.UserOf(await module.SignInAsync("taro"));
        var sessions = new List<IssuedTokens>();
        for (var i = 0; i < 5; i++)
        {
            sessions.Add(await module.SignInAsync("hanako"));
            module.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        // The first one is used once more, so the second is the one that has been unused for longest.
        TestModule.Success(await module.Mediator.Send(new RefreshTokens(sessions[0].RefreshToken), Cancellation));
        await module.SignInAsync("hanako");

        var list = TestModule.Success(
            await module.Mediator.Send(new ListSessions(100, null, TestModule.UserOf(sessions[0])), Cancellation)
        );
        Assert.Equal(5, list.Items.Count);
        Assert.DoesNotContain(TestModule.UserOf(sessions[1]).SessionId, list.Items.Select(session => session.Id));
        TestModule.Success(await module.Mediator.Send(new GetMe(neighbour), Cancellation));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Signing_in_ends_the_browsers_previous_session_of_any_user(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        var held = await module.SignInAsync("hanako");
        var elsewhere = TestModule.UserOf(await module.SignInAsync("hanako"));

        var taro = TestModule.Success(
            await module.Mediator.Send(
                new SignIn(
                    "taro@example.com",
                    TestModule.Password,
                    TotpCode: null,
                    TokenDelivery: null,
                    Device: null,
                    ClientAddress: null,
                    DeviceToken: null,
                    held.RefreshToken
                ),
                Cancellation
            )
        );

        Assert.Equal(401, (await module.Mediator.Send(new GetMe(TestModule.UserOf(held)), Cancellation)).FirstError.NumericType);
        TestModule.Success(await module.Mediator.Send(new GetMe(elsewhere), Cancellation));
        TestModule.Success(await module.Mediator.Send(new GetMe(TestModule.UserOf(taro)), Cancellation));
    }
}
