using System.Buffers.Text;
using System.Text;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.BeginPasskeySignIn;
using Kumiko.Identity.Features.FinishPasskeySignIn;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.SignIns;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Passkeys;

public sealed class PasskeyChallengeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_challenge_is_good_for_five_minutes_on_any_instance(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await using var other = await module.AnotherInstanceAsync();
        var (inTime, tooLate) = (await BeginAsync(module), await BeginAsync(module));

        module.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        // It gets past the challenge, to a passkey that nobody has.
        Assert.Equal(StatusCodes.Status401Unauthorized, await FinishAsync(other, inTime));
        module.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(StatusCodes.Status410Gone, await FinishAsync(other, tooLate));
        Assert.Equal(StatusCodes.Status410Gone, await FinishAsync(other, Base64Url.EncodeToString(new byte[32])));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Challenges_that_are_too_old_are_swept_and_none_is_stored_as_it_is(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var challenge = Base64Url.DecodeFromChars(await BeginAsync(module));
        await using var session = await module.Database.OpenAsync(Cancellation);
        var stored = await session.ReadAllAsync<byte[]>("select challenge_hash from passkey_challenges", null, Cancellation);
        Assert.NotEqual(challenge, Assert.Single(stored));

        module.Clock.Advance(TimeSpan.FromMinutes(6));
        await module.ApplyAsync();

        Assert.Empty(await session.ReadAllAsync<byte[]>("select challenge_hash from passkey_challenges", null, Cancellation));
    }

    private static async Task<string> BeginAsync(TestModule module) =>
        TestModule.Success(await module.Mediator.Send(new BeginPasskeySignIn(), Cancellation)).Challenge;

    private static async Task<int> FinishAsync(TestModule module, string challenge)
    {
        var answer = new PasskeyAssertion([1], Encoding.UTF8.GetBytes($"{{\"challenge\":\"{challenge}\"}}"), [1], [1], [1]);
        var client = new SignInClient(Device: null, Address: null, DeviceToken: null, PreviousToken: null, Language: null);
        return (int)(await module.Mediator.Send(new FinishPasskeySignIn(answer, "body", client), Cancellation)).FirstError.Type;
    }
}
