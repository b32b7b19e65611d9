using ErrorOr;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Passwords;
using Kumiko.Identity.Users;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

public sealed class RegisterUserTests
{
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
        Assert.Single(await module.EventsAsync());
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
                    IdempotencyKey.Read(http.Request, userId: 0, "RegisterUser").Value
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

    [Fact]
    public async Task An_address_that_is_registered_and_deleted_again_and_again_gets_few_mails()
    {
        await using var module = await TestModule.StartAsync(DatabaseProvider.Sqlite, ("RateLimits:MailsPerHour", "2"));
        for (var n = 0; n < 4; n++)
        {
            await module.RegisterAsync("hanako");
            var user = TestModule.UserOf(await module.SignInAsync("hanako"));
            TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));
        }

        Assert.Equal(2, (await module.MailsAsync()).Count);
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
                        TotpCode: null,
                        TokenDelivery: null,
                        Device: null,
                        ClientAddress: null,
                        DeviceToken: null,
                        PreviousToken: null
                    ),
                    Cancellation
                )
            )
            .User;

        Assert.Equal((request.Email, request.Username), (registered.Email, registered.Username));
        Assert.Equal(registered, signedIn.ToResponse());
    }
}
