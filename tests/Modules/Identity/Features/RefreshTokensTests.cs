using ErrorOr;
using Kumiko.BuildingBlocks.Configuration;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.SignOut;
using Kumiko.Identity.Tokens;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class RefreshTokensTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_used_token_shown_within_the_grace_period_gets_the_same_successor(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");
        var second = TestModule.Success(await RefreshAsync(module, first.RefreshToken));

        module.Clock.Advance(TimeSpan.FromSeconds(9.9));
        var again = TestModule.Success(await RefreshAsync(module, first.RefreshToken));

        Assert.Equal(second.RefreshToken, again.RefreshToken);
        Assert.Equal(TestModule.UserOf(first).SessionId, TestModule.UserOf(again).SessionId);
        Assert.Equal(2, await CountTokensAsync(module));
        TestModule.Success(await RefreshAsync(module, second.RefreshToken));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_used_token_shown_after_its_successor_was_used_ends_the_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");
        var second = TestModule.Success(await RefreshAsync(module, first.RefreshToken));
        var third = TestModule.Success(await RefreshAsync(module, second.RefreshToken));

        Assert.Equal(401, (await RefreshAsync(module, first.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await RefreshAsync(module, third.RefreshToken)).FirstError.NumericType);
        Assert.Equal(0, await CountTokensAsync(module));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_used_token_shown_after_the_grace_period_ends_only_that_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");
        var elsewhere = await module.SignInAsync("hanako");
        var second = TestModule.Success(await RefreshAsync(module, first.RefreshToken));

        module.Clock.Advance(TimeSpan.FromSeconds(10.1));

        Assert.Equal(401, (await RefreshAsync(module, first.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await RefreshAsync(module, second.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await module.Mediator.Send(new GetMe(TestModule.UserOf(second)), Cancellation)).FirstError.NumericType);
        TestModule.Success(await RefreshAsync(module, elsewhere.RefreshToken));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_newest_token_still_works_after_the_grace_period(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var second = TestModule.Success(await RefreshAsync(module, (await module.SignInAsync("hanako")).RefreshToken));

        module.Clock.Advance(TimeSpan.FromSeconds(10.1));

        TestModule.Success(await RefreshAsync(module, second.RefreshToken));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_stolen_token_used_in_the_grace_period_is_detected_at_the_next_refresh(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");
        var thief = TestModule.Success(await RefreshAsync(module, first.RefreshToken));
        var owner = TestModule.Success(await RefreshAsync(module, first.RefreshToken));
        Assert.Equal(thief.RefreshToken, owner.RefreshToken);
        thief = TestModule.Success(await RefreshAsync(module, thief.RefreshToken));

        module.Clock.Advance(TimeSpan.FromSeconds(10.1));

        Assert.Equal(401, (await RefreshAsync(module, owner.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await RefreshAsync(module, thief.RefreshToken)).FirstError.NumericType);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Simultaneous_uses_of_one_token_end_no_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => RefreshAsync(module, first.RefreshToken))));

        var child = Assert.Single(results.Select(result => TestModule.Success(result).RefreshToken).Distinct());
        Assert.Equal(2, await CountTokensAsync(module));
        TestModule.Success(await RefreshAsync(module, child));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Signing_out_during_refreshes_causes_no_deadlock_and_leaves_no_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var first = await module.SignInAsync("hanako");

        var refreshes = Enumerable.Range(0, 20).Select(_ => Task.Run(() => RefreshAsync(module, first.RefreshToken))).ToList();
        TestModule.Success(await module.Mediator.Send(new SignOut(RefreshToken: null, TestModule.UserOf(first)), Cancellation));

        foreach (var result in await Task.WhenAll(refreshes))
        {
            if (!result.IsError)
                Assert.Equal(401, (await RefreshAsync(module, result.Value.RefreshToken)).FirstError.NumericType);
        }
    }

    [Fact]
    public async Task A_session_lives_thirty_days_from_its_last_use()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        for (var i = 0; i < 3; i++)
        {
            module.Clock.Advance(TimeSpan.FromDays(29));
            tokens = TestModule.Success(await RefreshAsync(module, tokens.RefreshToken));
        }

        module.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(401, (await RefreshAsync(module, tokens.RefreshToken)).FirstError.NumericType);
    }

    [Fact]
    public async Task A_session_in_use_ends_after_a_hundred_and_eighty_days()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        for (var i = 0; i < 6; i++)
        {
            module.Clock.Advance(TimeSpan.FromDays(29.9));
            tokens = TestModule.Success(await RefreshAsync(module, tokens.RefreshToken));
        }

        module.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(401, (await RefreshAsync(module, tokens.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await module.Mediator.Send(new GetMe(TestModule.UserOf(tokens)), Cancellation)).FirstError.NumericType);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_setting_limits_the_total_lifetime_of_a_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Sessions:LifetimeDays", "2"));
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        module.Clock.Advance(TimeSpan.FromDays(1.9));
        tokens = TestModule.Success(await RefreshAsync(module, tokens.RefreshToken));

        module.Clock.Advance(TimeSpan.FromDays(0.2));

        Assert.Equal(401, (await RefreshAsync(module, tokens.RefreshToken)).FirstError.NumericType);
        await module.SignInAsync("hanako");
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_session_that_is_not_to_be_kept_ends_after_hours_without_use(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Sessions:ShortIdleHours", "2"));
        await module.RegisterAsync("hanako");
        var (brief, kept) = (await module.SignInAsync("hanako", isRemembered: false), await module.SignInAsync("hanako"));
        for (var i = 0; i < 3; i++)
        {
            module.Clock.Advance(TimeSpan.FromHours(1.9));
            brief = TestModule.Success(await RefreshAsync(module, brief.RefreshToken));
            Assert.False(brief.IsRemembered);
        }

        module.Clock.Advance(TimeSpan.FromHours(2.1));

        Assert.Equal(401, (await RefreshAsync(module, brief.RefreshToken)).FirstError.NumericType);
        Assert.Equal(401, (await module.Mediator.Send(new GetMe(TestModule.UserOf(brief)), Cancellation)).FirstError.NumericType);
        Assert.True(TestModule.Success(await RefreshAsync(module, kept.RefreshToken)).IsRemembered);
    }

    [Theory]
    [InlineData("Sessions:IdleDays", "2", true, 50)]
    [InlineData("Sessions:ShortIdleHours", "2", false, 3)]
    [InlineData("Sessions:LifetimeDays", "2", true, 50)]
    public async Task A_setting_that_was_lowered_ends_sessions_that_began_before(string setting, string value, bool isRemembered, int hours)
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await using var stricter = await module.AnotherInstanceAsync((setting, value));
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako", isRemembered: isRemembered);
        module.Clock.Advance(TimeSpan.FromHours(hours));

        Assert.Equal(401, (await RefreshAsync(stricter, tokens.RefreshToken)).FirstError.NumericType);
        TestModule.Success(await RefreshAsync(module, tokens.RefreshToken));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_setting_that_was_raised_revives_no_session(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Sessions:IdleDays", "2"));
        await using var laxer = await module.AnotherInstanceAsync();
        await module.RegisterAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        module.Clock.Advance(TimeSpan.FromDays(3));

        Assert.Equal(401, (await RefreshAsync(laxer, tokens.RefreshToken)).FirstError.NumericType);
    }

    [Fact]
    public async Task A_session_that_is_not_to_be_kept_does_not_last_longer_than_others()
    {
        var failure = await Assert.ThrowsAsync<InvalidSettingException>(async () =>
            await TestModule.StartAsync(DatabaseProvider.Sqlite, ("Sessions:ShortIdleHours", "49"), ("Sessions:IdleDays", "2"))
        );
        Assert.StartsWith("Sessions:ShortIdleHours is longer than Sessions:IdleDays", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sessions:ShortIdleHours", "0")]
    [InlineData("Sessions:LifetimeDays", "0")]
    [InlineData("Sessions:LifetimeDays", "-1")]
    [InlineData("Sessions:LifetimeDays", "half")]
    [InlineData("Sessions:IdleDays", "0")]
    [InlineData("Sessions:PerUser", "1.5")]
    public async Task A_session_setting_is_a_whole_number_of_at_least_one(string setting, string value)
    {
        var failure = await Assert.ThrowsAsync<InvalidSettingException>(async () =>
            await TestModule.StartAsync(DatabaseProvider.Sqlite, (setting, value))
        );
        Assert.StartsWith($"{setting} is '{value}'", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<long> CountTokensAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadFirstAsync<long>("select count(*) from refresh_tokens", null, Cancellation);
    }

    private static Task<ErrorOr<IssuedTokens>> RefreshAsync(TestModule module, string? token) =>
        module.Mediator.Send(new RefreshTokens(token), Cancellation).AsTask();
}
