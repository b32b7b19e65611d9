using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.GetMe;
using Kumiko.Identity.Features.ListSessions;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;
using Microsoft.AspNetCore.Http;
using NSec.Cryptography;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class AccountTests
{
    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Of_many_simultaneous_registrations_of_one_name_one_succeeds(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 10)
                .Select(i =>
                    Task.Run(() =>
                        module
                            .Mediator.Send(
                                new RegisterUser(
                                    $"hanako{i}@example.com",
                                    i % 2 == 0 ? "hanako" : "HANAKO",
                                    TestModule.Password,
                                    ClientAddress: "",
                                    IdempotencyKey.None
                                ),
                                Cancellation
                            )
                            .AsTask()
                    )
                )
        );

        Assert.Single(results, result => !result.IsError);
        Assert.All(
            results.Where(result => result.IsError),
            result => Assert.Equal(("username", 409), (result.FirstError.Code, result.FirstError.NumericType))
        );
        Assert.Single(await EventsAsync(module));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_repeated_registration_computes_no_hash(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var passwords = module.Get<PasswordLimiter>();
        var first = TestModule.Success(await RegisterAsync(TestModule.Password));
        Assert.Equal(1, passwords.Hashed);

        var again = TestModule.Success(await RegisterAsync(TestModule.Password));
        Assert.Equal((first.Resource, true), (again.Resource, again.IsReplayed));
        Assert.Equal(1, passwords.Hashed);

        // An answer without a hash must not reveal whether the password is the one of the first request.
        Assert.Equal(422, (await RegisterAsync("eight maple leaves")).FirstError.NumericType);
        Assert.Equal(2, passwords.Hashed);

        ValueTask<ErrorOr<IdempotentAnswer<UserResponse>>> RegisterAsync(string password)
        {
            var http = new DefaultHttpContext();
            http.Request.Headers[IdempotencyStore.Header] = "the-same";
            return module.Mediator.Send(
                new RegisterUser(
                    "hanako@example.com",
                    "hanako",
                    password,
                    ClientAddress: "",
                    IdempotencyKey.Read(http.Request, userId: 0, "RegisterUser").Value.For(password)
                ),
                Cancellation
            );
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_refused_registration_names_everything_that_is_taken(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");

        var result = await module.Mediator.Send(
            new RegisterUser("Hanako@EXAMPLE.com", "ｈａｎａｋｏ", TestModule.Password, ClientAddress: "", IdempotencyKey.None),
            Cancellation
        );

        Assert.Equal(["email", "username"], result.Errors.Select(error => error.Code));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Text_comes_back_as_it_was_sent(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var request = new RegisterUser(
            "Ｈａｎａ+ﾃｽﾄ@例え.jp",
            "は\u3099な_\U00020BB7",
            TestModule.Password,
            ClientAddress: "",
            IdempotencyKey.None
        );

        var registered = TestModule.Success(await module.Mediator.Send(request, Cancellation)).Resource;
        var signedIn = TestModule
            .Success(
                await module.Mediator.Send(
                    new SignIn(
                        request.Email,
                        request.Password,
                        TokenDelivery: null,
                        Device: null,
                        Address: null,
                        ClientAddress: "",
                        DeviceToken: null,
                        HeldToken: null
                    ),
                    Cancellation
                )
            )
            .User;

        Assert.Equal((request.Email, request.Username), (registered.Email, registered.Username));
        Assert.Equal(registered, signedIn);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_account_change_publishes_only_the_new_name(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));

        TestModule.Success(
            await module.Mediator.Send(
                new UpdateMe(Username: null, "other@example.com", TestModule.Password, user, AnyVersion),
                Cancellation
            )
        );
        var changed = TestModule.Success(
            await module.Mediator.Send(new UpdateMe("Hanako", Email: null, CurrentPassword: null, user, AnyVersion), Cancellation)
        );
        var unchanged = TestModule.Success(
            await module.Mediator.Send(new UpdateMe(Username: null, Email: null, CurrentPassword: null, user, AnyVersion), Cancellation)
        );

        Assert.Equal((3, "Hanako", "other@example.com", false), (changed.Version, changed.Username, changed.Email, changed.EmailVerified));
        Assert.Equal(changed, unchanged);
        Assert.Equal(["identity.user_registered", "identity.user_renamed"], (await EventsAsync(module)).Select(happened => happened.Name));
        Assert.Contains("\"version\":3", (await EventsAsync(module))[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_changed_password_ends_every_session_and_starts_a_new_one(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        var tokens = await module.SignInAsync("hanako");
        var user = TestModule.UserOf(tokens);
        var before = Assert.Single(TestModule.Success(await module.Mediator.Send(new ListSessions(1, null, user), Cancellation)).Items);
        module.Clock.Advance(TimeSpan.FromMinutes(1));

        var wrong = await module.Mediator.Send(
            new ChangePassword("not this one", "eight maple leaves", TokenDelivery: null, user, ClientAddress: "", DeviceToken: null),
            Cancellation
        );
        var pair = TestModule.Success(
            await module.Mediator.Send(
                new ChangePassword(
                    TestModule.Password,
                    "eight maple leaves",
                    TokenDelivery: null,
                    user,
                    ClientAddress: "",
                    DeviceToken: null
                ),
                Cancellation
            )
        );

        Assert.Equal(("current_password", 422), (wrong.FirstError.Code, wrong.FirstError.NumericType));
        Assert.Equal(401, (await module.Mediator.Send(new RefreshTokens(tokens.RefreshToken), Cancellation)).FirstError.NumericType);
        Assert.Equal(401, (await module.Mediator.Send(new GetMe(user), Cancellation)).FirstError.NumericType);
        var now = Assert.Single(
            TestModule.Success(await module.Mediator.Send(new ListSessions(20, null, TestModule.UserOf(pair)), Cancellation)).Items
        );
        Assert.NotEqual(before.Id, now.Id);
        Assert.Equal(before with { Id = now.Id, LastUsedAt = now.LastUsedAt, ExpiresAt = now.ExpiresAt }, now);
        TestModule.Success(await module.Mediator.Send(new RefreshTokens(pair.RefreshToken), Cancellation));
        await module.SignInAsync("hanako", "eight maple leaves");
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_deleted_account_leaves_nothing_behind(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.SignInAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));

        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, AnyVersion), Cancellation));

        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(
            0,
            await session.ReadFirstAsync<long>(
                "select (select count(*) from users) + (select count(*) from sessions) + (select count(*) from refresh_tokens)",
                null,
                Cancellation
            )
        );
        Assert.Equal("identity.user_deleted", (await EventsAsync(module))[^1].Name);
        Assert.True((await module.RegisterAsync("hanako")).Id > user.Id);
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_weaker_hash_is_replaced_at_sign_in(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await using var session = await module.Database.OpenAsync(Cancellation);
        var weak = PasswordHash.Create(
            TestModule.Password,
            new Argon2Parameters
            {
                MemorySize = 8 * 1024,
                NumberOfPasses = 1,
                DegreeOfParallelism = 1,
            }
        );
        await session.ExecuteAsync("update users set password_hash = @Weak", new { Weak = weak }, Cancellation);

        await module.SignInAsync("hanako");

        Assert.False(
            PasswordHash.NeedsRehash((await session.ReadFirstAsync<string>("select password_hash from users", null, Cancellation))!)
        );
        await module.SignInAsync("hanako");
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task The_list_of_sessions_continues_at_its_cursor(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");
        await module.SignInAsync("taro");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        await module.SignInAsync("hanako");
        await module.SignInAsync("hanako");

        var first = TestModule.Success(await module.Mediator.Send(new ListSessions(2, null, user), Cancellation));
        var last = TestModule.Success(await module.Mediator.Send(new ListSessions(2, first.NextCursor, user), Cancellation));

        Assert.Equal([true, false], first.Items.Select(session => session.Id == user.SessionId));
        Assert.NotEqual(user.SessionId, Assert.Single(last.Items).Id);
        Assert.Equal(3, first.Items.Concat(last.Items).Select(session => session.Id).Distinct().Count());
        Assert.True(first.Items[1].Id > last.Items[0].Id);
        Assert.Null(last.NextCursor);
        var alone = TestModule.Success(await module.Mediator.Send(new ListSessions(1, null, user), Cancellation));
        Assert.Equal(user.SessionId, Assert.Single(alone.Items).Id);
        var next = TestModule.Success(await module.Mediator.Send(new ListSessions(1, alone.NextCursor, user), Cancellation));
        Assert.Equal(first.Items[1], Assert.Single(next.Items));
    }

    [Fact]
    public async Task Many_attempts_at_one_account_are_slowed_down_and_others_are_not()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite);
        await module.RegisterAsync("hanako");
        await module.RegisterAsync("taro");

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 15)
                .Select(_ =>
                    module
                        .Mediator.Send(
                            new SignIn(
                                "hanako@example.com",
                                "not this one",
                                TokenDelivery: null,
                                Device: null,
                                Address: null,
                                ClientAddress: "",
                                DeviceToken: null,
                                HeldToken: null
                            ),
                            Cancellation
                        )
                        .AsTask()
                )
        );

        Assert.Equal(10, results.Count(result => result.FirstError.NumericType == 401));
        Assert.Equal(5, results.Count(result => result.FirstError.NumericType == 429));
        await module.SignInAsync("taro");
    }

    private static async Task<List<EventRow>> EventsAsync(TestModule module)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        return await session.ReadAllAsync<EventRow>("select name, body from outbox order by id", null, Cancellation);
    }

    private sealed record EventRow
    {
        public string Name { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
