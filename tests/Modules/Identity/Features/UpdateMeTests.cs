using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.UpdateMe;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class UpdateMeTests
{
    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_account_change_publishes_only_the_new_name(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));

        TestModule.Success(
            await module.Mediator.Send(
                new UpdateMe(Username: null, "other@example.com", TestModule.Password, user, AnyVersion),
                Cancellation
            )
        );
        var changed = TestModule.Success(
            await module.Mediator.Send(new UpdateMe("Hanako", Email: null, CurrentPassword: null, user, AnyVersion), Cancellation)
        );
        var unchanged = TestModule.Success(
            await module.Mediator.Send(new UpdateMe(Username: null, Email: null, CurrentPassword: null, user, AnyVersion), Cancellation)
        );

        Assert.Equal(
            (3, "Hanako", "hanako@example.com", "other@example.com"),
            (changed.Version, changed.Username, changed.Email, changed.PendingEmail)
        );
        Assert.Equal(changed, unchanged);
        Assert.Equal(["identity.user_registered", "identity.user_renamed"], (await module.EventsAsync()).Select(happened => happened.Name));
        Assert.Contains("\"version\":3", (await module.EventsAsync())[1].Body, StringComparison.Ordinal);
    }
}
