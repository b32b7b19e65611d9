using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.EndSession;
using Kumiko.Identity.Features.ListSessions;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class ListSessionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_expired_session_is_not_listed_and_cannot_be_ended(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var expired = TestModule.UserOf(await module.SignInAsync("hanako"));
        module.Clock.Advance(TimeSpan.FromDays(30));
        var living = TestModule.UserOf(await module.SignInAsync("hanako"));

        var list = TestModule.Success(await module.Mediator.Send(new ListSessions(20, null, living), Cancellation));

        Assert.Equal(living.SessionId, Assert.Single(list.Items).Id);
        Assert.Equal(404, (await module.Mediator.Send(new EndSession(expired.SessionId, living), Cancellation)).FirstError.NumericType);
    }
}
