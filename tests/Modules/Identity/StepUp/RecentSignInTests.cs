using System.Security.Claims;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.Reauthenticate;
using Kumiko.Identity.Sessions;
using Kumiko.Identity.StepUp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Kumiko.Identity.Tests.StepUp;

public sealed class RecentSignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_token_of_an_older_sign_in_is_refused_until_the_user_proves_it_again(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("olive");
        var tokens = await module.SignInAsync("olive");

        module.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await IsLetThroughAsync(module, tokens.AccessToken));
        module.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsLetThroughAsync(module, tokens.AccessToken));

        var proof = new Reauthenticate(TestModule.Password, "", TestModule.UserOf(tokens));
        var fresh = TestModule.Success(await module.Mediator.Send(proof, Cancellation));
        Assert.True(await IsLetThroughAsync(module, fresh.AccessToken));
        // A copy of the older token does not become better by it.
        Assert.False(await IsLetThroughAsync(module, tokens.AccessToken));
    }

    private static async Task<bool> IsLetThroughAsync(TestModule module, string token)
    {
        var filter = new RecentSignInFilter(module.Database, new SessionSettings(new ConfigurationBuilder().Build()), module.Clock);
        var http = new DefaultHttpContext { User = new ClaimsPrincipal(new ClaimsIdentity(new JsonWebToken(token).Claims)) };
        var answer = await filter.InvokeAsync(EndpointFilterInvocationContext.Create(http), _ => new("let through"));
        return answer is "let through";
    }
}
