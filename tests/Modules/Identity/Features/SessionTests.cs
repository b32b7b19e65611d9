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
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.SignOut;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Tokens;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class SessionTests
{
    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, DatabaseProvider> EverythingThatASessionMayDo
    {
        get
        {
            var data = new TheoryData<string, DatabaseProvider>();
            foreach (var what in Requests.Keys)
            {
                foreach (var provider in IdentityTestDatabase.Providers)
                    data.Add(what, provider.Data);
            }

            return data;
        }
    }

    // Each is sent by one session while the user has another.
    private static Dictionary<string, Func<TestModule, CurrentUser, CurrentUser, Task<List<Error>>>> Requests { get; } =
        new()
        {
            ["see the account"] = async (module, asks, _) => Errors(await module.Mediator.Send(new GetMe(asks), Cancellation)),
            ["rename"] = async (module, asks, _) =>
                Errors(
                    await module.Mediator.Send(new UpdateMe("other", Email: null, CurrentPassword: null, asks, AnyVersion), Cancellation)
                ),
            ["change the address"] = async (module, asks, _) =>
                Errors(
                    await module.Mediator.Send(
                        new UpdateMe(Username: null, "other@example.com", TestModule.Password, asks, AnyVersion),
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
                Errors(await module.Mediator.Send(new DeleteMe(TestModule.Password, asks, AnyVersion), Cancellation)),
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
    [MemberData(nameof(EverythingThatASessionMayDo))]
    public async Task An_ended_session_can_do_nothing(string what, DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var ended = TestModule.UserOf(await module.SignInAsync("hanako"));
        var other = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(await module.Mediator.Send(new SignOut(RefreshToken: null, ended), Cancellation));

        Assert.Equal(401, Assert.Single(await Requests[what](module, ended, other)).NumericType);

        TestModule.Success(await module.Mediator.Send(new GetMe(other), Cancellation));
    }

    [Theory]
    [MemberData(nameof(EverythingThatASessionMayDo))]
    public async Task An_expired_session_can_do_nothing(string what, DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var expired = TestModule.UserOf(await module.SignInAsync("hanako"));
        module.Clock.Advance(TimeSpan.FromDays(30));
        var other = TestModule.UserOf(await module.SignInAsync("hanako"));

        Assert.Equal(401, Assert.Single(await Requests[what](module, expired, other)).NumericType);

        TestModule.Success(await module.Mediator.Send(new GetMe(other), Cancellation));
    }

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

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task One_session_too_many_ends_the_least_recently_used(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider, ("Sessions:PerUser", "5"));
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        var neighbour = TestModule.UserOf(await module.SignInAsync("taro"));
        var sessions = new List<TokenResponse>();
        for (var i = 0; i < 5; i++)
        {
            sessions.Add(await module.SignInAsync("hanako"));
            module.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        // The first one is used once more, so the second is the one that has been unused for longest.
        TestModule.Success(await module.Mediator.Send(new RefreshTokens(sessions[0].RefreshToken), Cancellation));
        await module.SignInAsync("hanako");

        var list = TestModule.Success(
            await module.Mediator.Send(new ListSessions(100, null, TestModule.UserOf(sessions[0])), Cancellation)
        );
        Assert.Equal(5, list.Items.Count);
        Assert.DoesNotContain(TestModule.UserOf(sessions[1]).SessionId, list.Items.Select(session => session.Id));
        TestModule.Success(await module.Mediator.Send(new GetMe(neighbour), Cancellation));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Signing_in_ends_the_browsers_previous_session_of_any_user(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        var held = await module.SignInAsync("hanako");
        var elsewhere = TestModule.UserOf(await module.SignInAsync("hanako"));

        var taro = TestModule.Success(
            await module.Mediator.Send(
                new SignIn(
                    "taro@example.com",
                    TestModule.Password,
                    TokenDelivery: null,
                    Device: null,
                    Address: null,
                    ClientAddress: "",
                    DeviceToken: null,
                    held.RefreshToken
                ),
                Cancellation
            )
        );

        Assert.Equal(401, (await module.Mediator.Send(new GetMe(TestModule.UserOf(held)), Cancellation)).FirstError.NumericType);
        TestModule.Success(await module.Mediator.Send(new GetMe(elsewhere), Cancellation));
        TestModule.Success(await module.Mediator.Send(new GetMe(TestModule.UserOf(taro)), Cancellation));
    }

    private static List<Error> Errors<T>(ErrorOr<T> result) => result.IsError ? result.Errors : [];
}
