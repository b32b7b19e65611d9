using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.FinishPasskeyRegistration;
using Kumiko.Identity.Features.RemovePasskey;
using Kumiko.Identity.Passkeys;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class RemovePasskeyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_last_way_to_sign_in_cannot_be_removed(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("pia");
        var user = TestModule.UserOf(await module.SignInAsync("pia"));
        long[] ids = [await AddAsync(module, user.Id, 1), await AddAsync(module, user.Id, 2)];
        // No endpoint makes an account without a password; an import, or a later version, can.
        var hash = await PasswordAsync(module, "");

        var removals = await Task.WhenAll(ids.Select(id => module.Mediator.Send(new RemovePasskey(id, user), Cancellation).AsTask()));

        var refused = Assert.Single(removals, removal => removal.IsError);
        Assert.Equal(StatusCodes.Status409Conflict, (int)refused.FirstError.Type);
        await PasswordAsync(module, hash);
        var last = removals[0].IsError ? ids[0] : ids[1];
        TestModule.Success(await module.Mediator.Send(new RemovePasskey(last, user), Cancellation));
    }

    private static async Task<long> AddAsync(TestModule module, long userId, byte credential)
    {
        await using var work = await module.Database.BeginAsync(Cancellation);
        var id = await work.InsertPasskeyAsync(
            new PasskeyRow
            {
                UserId = userId,
                Name = "key",
                CredentialId = [credential],
                CreatedAt = module.Clock.GetUtcNow(),
            },
            Cancellation
        );
        await work.CommitAsync();
        return id;
    }

    // Returns the one before.
    private static async Task<string> PasswordAsync(TestModule module, string hash)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        var before = await session.ReadFirstAsync<string>("select password_hash from users", null, Cancellation);
        await session.ExecuteAsync("update users set password_hash = @Hash", new { Hash = hash }, Cancellation);
        return before!;
    }
}
