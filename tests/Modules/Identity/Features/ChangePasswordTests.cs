using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.ListSessions;
using Kumiko.Identity.Features.RefreshTokens;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class ChangePasswordTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_changed_password_ends_every_session_and_starts_a_new_one(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        var user = TestModule.UserOf(tokens);
        var before = Assert.Single(TestModule.Success(await module.Mediator.Send(new ListSessions(1, null, user), Cancellation)).Items);
        module.Clock.Advance(TimeSpan.FromMinutes(1));

        var wrong = await module.Mediator.Send(
            new ChangePassword("not this one", "eight maple leaves", TokenDelivery: null, user, ClientAddress: "", DeviceToken: null),
            Cancellation
        );
        var pair = TestModule.Success(
            await module.Mediator.Send(
                new ChangePassword(
                    TestModule.Password,
                    "eight maple leaves",
                    TokenDelivery: null,
                    user,
                    ClientAddress: "",
                    DeviceToken: null
                ),
                Cancellation
            )
        );

        Assert.Equal(("current_password", 422), (wrong.FirstError.Code, wrong.FirstError.NumericType));
        Assert.Equal(401, (await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation)).FirstError.NumericType);
        Assert.Equal(401, (await module.Mediator.Send(new GetMe(user), Cancellation)).FirstError.NumericType);
        var now = Assert.Single(
            TestModule.Success(await module.Mediator.Send(new ListSessions(20, null, TestModule.UserOf(pair)), Cancellation)).Items
        );
        Assert.NotEqual(before.Id, now.Id);
        Assert.Equal(before with { Id = now.Id, LastUsedAt = now.LastUsedAt, ExpiresAt = now.ExpiresAt }, now);
        TestModule.Success(await module.Mediator.Send(new RefreshTokens(pair.RefreshToken), Cancellation));
        await module.SignInAsync("hanako", "eight maple leaves");
    }
}
