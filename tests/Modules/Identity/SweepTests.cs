using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Tokens;
using Xunit;

namespace Kumiko.Identity.Tests;

public sealed class SweepTests
{
    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Sessions_that_have_expired_are_forgotten_with_their_tokens_and_no_others(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        module.Clock.Advance(RefreshToken.Lifetime / 2);
        var later = await module.SignInAsync("hanako");
        await module.SweepAsync();
        Assert.Equal((2, 2), await CountAsync(module));

        module.Clock.Advance((RefreshToken.Lifetime / 2) + TimeSpan.FromSeconds(1));
        await module.SweepAsync();

        Assert.Equal((1, 1), await CountAsync(module));
        TestModule.Success(await module.Mediator.Send(new RefreshTokensRequest { RefreshToken = later.RefreshToken }, TestContext.Current.CancellationToken));
    }

    private static async Task<(long Sessions, long Tokens)> CountAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(TestContext.Current.CancellationToken);
        return (await session.ReadFirstAsync<long>("select count(*) from sessions", null, TestContext.Current.CancellationToken),
            await session.ReadFirstAsync<long>("select count(*) from refresh_tokens", null, TestContext.Current.CancellationToken));
    }
}
