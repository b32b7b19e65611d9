using System.Net;
using System.Text;
using Kumiko.BuildingBlocks.Data;
using Kumiko.Identity.Features.BeginPasskeySignIn;
using Kumiko.Identity.Features.FinishPasskeySignIn;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Passkeys;
using Kumiko.Identity.SignIns;
using Xunit;

namespace Kumiko.Identity.Tests.Attempts;

public sealed class PasskeyAttemptTests
{
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.7");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Passkeys_that_are_not_good_count_as_wrong_passwords_of_their_address(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("RateLimits:PasswordFailuresPerAddress", "3"));
        for (var n = 0; n < 3; n++)
            Assert.Equal(401, await FinishAsync(module, Address));

        Assert.Equal(429, await FinishAsync(module, Address));
        Assert.Equal(401, await FinishAsync(module, IPAddress.Parse("203.0.113.8")));
        var password = new SignIn("nobody@example.com", TestModule.Password, null, null, null, Address, null, null);
        Assert.Equal(429, (await module.Mediator.Send(password, Cancellation)).FirstError.NumericType);
    }

    private static async Task<int> FinishAsync(TestModule module, IPAddress address)
    {
        var options = TestModule.Success(await module.Mediator.Send(new BeginPasskeySignIn(), Cancellation));
        var client = Encoding.UTF8.GetBytes($"{{\"challenge\":\"{options.Challenge}\"}}");
        var answer = new PasskeyAssertion([1], client, [1], [1], [1]);
        var command = new FinishPasskeySignIn(answer, null, new SignInClient(null, address, null, null, null));
        return (await module.Mediator.Send(command, Cancellation)).FirstError.NumericType;
    }
}
