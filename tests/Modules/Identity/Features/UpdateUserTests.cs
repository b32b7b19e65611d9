using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Administration;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.UpdateUser;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.Tokens;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class UpdateUserTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_two_admins_who_demote_or_disable_each_other_at_once_one_stays(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await using var other = await module.AnotherInstanceAsync();
        for (var round = 0; round < 10; round++)
        {
            var (first, second) = (await AdminAsync(module, $"first{round}"), await AdminAsync(module, $"second{round}"));
            var (role, disabled) = round % 2 == 0 ? ("member", (bool?)null) : (null, true);

            var results = await Task.WhenAll(
                Task.Run(() => UpdateAsync(module, second.Id, role, disabled, first), Cancellation),
                Task.Run(() => UpdateAsync(other, first.Id, role, disabled, second), Cancellation)
            );

            Assert.Single(results, result => !result.IsError);
            // The loser has no admin's session any more.
            Assert.True(results.Single(result => result.IsError).FirstError.NumericType is 401 or 403);
            var left = Assert.Single(await EnabledAdminsAsync(module));

            // The last one can't leave, and nobody is left who could be demoted by.
            var last = left == first.Id ? first : second;
            var leaving = await module.Mediator.Send(new DeleteMe(TestModule.Password, last, ExpectedVersion.Any), Cancellation);
            Assert.Equal(409, leaving.FirstError.NumericType);
            await module
                .Get<IAccountRoles>()
                .ChangeAsync($"{(last == first ? "first" : "second")}{round}@example.com", "member", Cancellation);
        }

        Assert.True((await module.Get<IAuditVerification>().VerifyAsync(null, Cancellation)).IsIntact);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_refresh_at_the_moment_of_a_new_role_signs_nobody_out(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = await AdminAsync(module, "taro");
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        for (var round = 0; round < 20; round++)
        {
            var refreshing = Task.Run(
                async () => TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation)),
                Cancellation
            );
            TestModule.Success(await UpdateAsync(module, tokens.User.Id, round % 2 == 0 ? "moderator" : "member", null, admin));
            tokens = await refreshing;
        }

        var last = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        Assert.Equal("member", last.User.Role);
        // A session is the same under its new id, with the time and the way of its sign-in.
        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(
            1,
            await session.ReadFirstAsync<long>(
                "select count(*) from sessions where user_id = @Id and auth_time is not null and amr is not null",
                new { last.User.Id },
                Cancellation
            )
        );
        Assert.DoesNotContain(await module.EventsAsync(), e => e.Body.Contains("refresh_reuse", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_new_role_neither_lengthens_nor_shortens_a_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = await AdminAsync(module, "taro");
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako", isRemembered: false);
        module.Clock.Advance(TimeSpan.FromHours(1));
        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        var before = await SessionAsync(tokens);

        TestModule.Success(await UpdateAsync(module, tokens.User.Id, "moderator", null, admin));

        tokens = TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation));
        var after = await SessionAsync(tokens);
        Assert.NotEqual(before.Id, after.Id);
        Assert.Equal(before with { Id = after.Id }, after);

        async Task<SessionRow> SessionAsync(IssuedTokens of)
        {
            await using var session = await module.Database.OpenAsync(Cancellation);
            return (await session.ReadOwnSessionAsync(TestModule.UserOf(of), module.Clock.GetUtcNow(), Cancellation))!;
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_sign_in_at_the_moment_of_disabling_leaves_no_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:Enabled", "false"));
        var admin = await AdminAsync(module, "taro");
        var user = await module.RegisterAsync("hanako");
        for (var round = 0; round < 5; round++)
        {
            var signingIn = Task.Run(
                async () =>
                {
                    try
                    {
                        await module.SignInAsync("hanako");
                    }
                    catch (Xunit.Sdk.XunitException)
                    {
                        // Refused, which is just as well.
                    }
                },
                Cancellation
            );
            TestModule.Success(await UpdateAsync(module, user.Id, null, true, admin));
            await signingIn;

            await using (var session = await module.Database.OpenAsync(Cancellation))
            {
                Assert.Equal(
                    0,
                    await session.ReadFirstAsync<long>("select count(*) from sessions where user_id = @Id", new { user.Id }, Cancellation)
                );
            }

            TestModule.Success(await UpdateAsync(module, user.Id, null, false, admin));
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_operator_gives_roles_by_the_address_in_any_spelling(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var roles = module.Get<IAccountRoles>();
        Assert.True((await roles.ChangeAsync(" Hanako@EXAMPLE.com ", "admin", Cancellation)).IsDone);
        Assert.True((await roles.ChangeAsync("hanako@example.com", "admin", Cancellation)).IsDone);
        Assert.False((await roles.ChangeAsync("nobody@example.com", "admin", Cancellation)).IsDone);
        Assert.False((await roles.ChangeAsync("hanako@example.com", "owner", Cancellation)).IsDone);
        Assert.Single(await EnabledAdminsAsync(module));
    }

    private static async Task<CurrentUser> AdminAsync(TestModule module, string name)
    {
        await module.RegisterAsync(name);
        Assert.True((await module.Get<IAccountRoles>().ChangeAsync($"{name}@example.com", "admin", Cancellation)).IsDone);
        return TestModule.UserOf(await module.SignInAsync(name));
    }

    private static async Task<ErrorOr<ManagedUserRow>> UpdateAsync(
        TestModule module,
        long id,
        string? role,
        bool? disabled,
        CurrentUser admin
    ) => await module.Mediator.Send(new UpdateUser(id, role, disabled, Reason: null, admin, ExpectedVersion.Any), Cancellation);

    private static async Task<List<long>> EnabledAdminsAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadAllAsync<long>(
            "select id from users where role = 'admin' and id not in (select user_id from disabled_users)",
            null,
            Cancellation
        );
    }
}
