using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Tokens;
using Xunit;

namespace Kumiko.Identity.Tests.Sessions;

public sealed class SweepTests
{
    private static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Only_expired_rows_are_deleted(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        var used = await module.SignInAsync("hanako");
        module.Clock.Advance(Idle / 2);
        used = await RefreshAsync(module, used);
        await module.ApplyAsync();
        Assert.Equal((2, 3), await CountAsync(module));

        module.Clock.Advance((Idle / 2) + TimeSpan.FromSeconds(1));
        await module.ApplyAsync();

        Assert.Equal((1, 1), await CountAsync(module));
        await RefreshAsync(module, used);
    }

    private static async Task<IssuedTokens> RefreshAsync(TestModule module, IssuedTokens tokens) =>
        TestModule.Success(await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), TestContext.Current.CancellationToken));

    private static async Task<(long Sessions, long Tokens)> CountAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(TestContext.Current.CancellationToken);
        return (
            await session.ReadFirstAsync<long>("select count(*) from sessions", null, TestContext.Current.CancellationToken),
            await session.ReadFirstAsync<long>("select count(*) from refresh_tokens", null, TestContext.Current.CancellationToken)
        );
    }
}
