using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.EndOtherSessions;
using Kumiko.Identity.Features.EndSession;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.ListSessions;
using Kumiko.Identity.Features.SignOut;
using Kumiko.Identity.Features.UpdateMe;
using Xunit;

namespace Kumiko.Identity.Tests.Sessions;

/// <summary>Whatever a session asks for, it is refused once it has ended.</summary>
public sealed class EndedSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // Each is sent by one session while the user has another.
    private static Dictionary<string, Func<TestModule, CurrentUser, CurrentUser, Task<List<Error>>>> Requests { get; } =
        new()
        {
            ["see the account"] = async (module, asks, _) => Errors(await module.Mediator.Send(new GetMe(asks), Cancellation)),
            ["rename"] = async (module, asks, _) =>
                Errors(
                    await module.Mediator.Send(
                        new UpdateMe("other", Email: null, CurrentPassword: null, asks, ExpectedVersion.Any),
                        Cancellation
                    )
                ),
            ["change the address"] = async (module, asks, _) =>
                Errors(
                    await module.Mediator.Send(
                        new UpdateMe(Username: null, "other@example.com", TestModule.Password, asks, ExpectedVersion.Any),
                        Cancellation
                    )
                ),
            ["change the password"] = async (module, asks, _) =>
                Errors(
                    await module.Mediator.Send(
                        new ChangePassword(
                            TestModule.Password,
                            "eight maple leaves",
                            TokenDelivery: null,
                            asks,
                            ClientAddress: "",
                            DeviceToken: null
                        ),
                        Cancellation
                    )
                ),
            ["delete the account"] = async (module, asks, _) =>
                Errors(await module.Mediator.Send(new DeleteMe(TestModule.Password, asks, ExpectedVersion.Any), Cancellation)),
            ["list the sessions"] = async (module, asks, _) =>
                Errors(await module.Mediator.Send(new ListSessions(20, null, asks), Cancellation)),
            ["end another session"] = async (module, asks, other) =>
                Errors(await module.Mediator.Send(new EndSession(other.SessionId, asks), Cancellation)),
            ["end all other sessions"] = async (module, asks, _) =>
                Errors(await module.Mediator.Send(new EndOtherSessions(asks), Cancellation)),
            ["sign out"] = async (module, asks, _) =>
                Errors(await module.Mediator.Send(new SignOut(RefreshToken: null, asks), Cancellation)),
        };

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_ended_session_can_do_nothing(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var ended = TestModule.UserOf(await module.SignInAsync("hanako"));
        var other = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(await module.Mediator.Send(new SignOut(RefreshToken: null, ended), Cancellation));

        await CanDoNothingAsync(module, ended, other);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_expired_session_can_do_nothing(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var expired = TestModule.UserOf(await module.SignInAsync("hanako"));
        module.Clock.Advance(TimeSpan.FromDays(30));
        var other = TestModule.UserOf(await module.SignInAsync("hanako"));

        await CanDoNothingAsync(module, expired, other);
    }

    private static async Task CanDoNothingAsync(TestModule module, CurrentUser asks, CurrentUser other)
    {
        foreach (var (what, request) in Requests)
        {
            var error = Assert.Single(await request(module, asks, other));
            Assert.True(error.NumericType == 401, $"{what}: {error.NumericType} {error.Description}");
            TestModule.Success(await module.Mediator.Send(new GetMe(other), Cancellation));
        }
    }

    private static List<Error> Errors<T>(ErrorOr<T> result) => result.IsError ? result.Errors : [];
}
