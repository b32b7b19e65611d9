using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.ExportMe;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class ExportMeTests
{
    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_user_begins_three_exports_a_day(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("erin");
        var user = TestModule.UserOf(await module.SignInAsync("erin"));
        var begun = new HashSet<string>();
        for (var n = 0; n < 3; n++)
        {
            begun.Add(TestModule.Success(await module.Mediator.Send(new ExportMe(user), Cancellation)).Export.ExportId);
            begun.Add(TestModule.Success(await module.Mediator.Send(new ExportMe(user), Cancellation)).Export.ExportId);
            module.Clock.Advance(TimeSpan.FromMinutes(61));
        }

        Assert.Equal(3, begun.Count);
        var refused = await module.Mediator.Send(new ExportMe(user), Cancellation);
        Assert.Equal(StatusCodes.Status429TooManyRequests, (int)refused.FirstError.Type);
        module.Clock.Advance(TimeSpan.FromHours(22));
        Assert.False((await module.Mediator.Send(new ExportMe(user), Cancellation)).IsError);
    }
}
