using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.DeleteMe;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class DeleteMeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_deleted_account_leaves_nothing_behind(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));

        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));

        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(
            0,
            await session.ReadFirstAsync<long>(
                "select (select count(*) from users) + (select count(*) from sessions) + (select count(*) from refresh_tokens)",
                null,
                Cancellation
            )
        );
        Assert.Equal("identity.user_deleted", (await module.EventsAsync())[^1].Name);
        Assert.True((await module.RegisterAsync("hanako")).Id > user.Id);
    }
}
