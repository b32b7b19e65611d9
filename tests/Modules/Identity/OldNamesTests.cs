using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests;

/// <summary>Accounts from an older version, with names that are rejected today.</summary>
public sealed class OldNamesTests
{
    private static readonly IfMatch AnyVersion = IfMatch.Of(new DefaultHttpContext().Request);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Names_that_break_a_new_rule_stay_and_sign_in(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        string[] names = ["yuki", "yuki\ufe00", "admin", "...", "h\u0430n\u0430ko", "\u3164\u3164\u3164", "zalgo\u0301\u0302\u0303\u0304"];
        for (var i = 0; i < names.Length; i++)
            await InsertOldAsync(module, names[i], $"old{i}@example.com");

        await module.FillAsync();
        await module.FillAsync();

        for (var i = 0; i < names.Length; i++)
        {
            var tokens = await module.SignInAsync($"old{i}");
            Assert.Equal(names[i], tokens.User.Username);
            // Unchanged fields are not validated.
            var changed = await module.Mediator.Send(
                new UpdateMeRequest
                {
                    Email = $"new{i}@example.com",
                    CurrentPassword = TestModule.Password,
                    User = TestModule.UserOf(tokens),
                    IfMatch = AnyVersion,
                },
                Cancellation
            );
            Assert.Equal(names[i], TestModule.Success(changed).Username);
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Nobody_joins_old_names_by_looking_like_them(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        foreach (var (name, i) in ((string[])["hanako", "h\u0430n\u0430ko", "mark"]).Select((name, i) => (name, i)))
            await InsertOldAsync(module, name, $"old{i}@example.com");

        await module.FillAsync();

        foreach (var name in (string[])["rnark", "hanak0"])
        {
            var result = await module.Mediator.Send(
                new RegisterUserRequest
                {
                    Email = $"{name}@example.com",
                    Username = name,
                    Password = TestModule.Password,
                },
                Cancellation
            );
            Assert.Equal(("username", 409), (result.FirstError.Code, result.FirstError.NumericType));
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Old_addresses_in_either_form_sign_in(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await InsertOldAsync(module, "unicode", "both@例え.jp");
        await InsertOldAsync(module, "ascii", "both@xn--r8jz45g.jp");
        await InsertOldAsync(module, "alone", "alone@xn--r8jz45g.jp");

        await module.FillAsync();

        Assert.Equal("unicode", await NameOfAsync(module, "both@例え.jp"));
        Assert.Equal("ascii", await NameOfAsync(module, "both@xn--r8jz45g.jp"));
        Assert.Equal("alone", await NameOfAsync(module, "alone@xn--r8jz45g.jp"));
        Assert.Equal("alone", await NameOfAsync(module, "alone@例え.jp"));
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_name_given_up_is_free_after_ninety_days(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(
            await module.Mediator.Send(
                new UpdateMeRequest
                {
                    Username = "flower",
                    User = user,
                    IfMatch = AnyVersion,
                },
                Cancellation
            )
        );
        var request = new RegisterUserRequest
        {
            Email = "other@example.com",
            Username = "HANAKO",
            Password = TestModule.Password,
        };

        module.Clock.Advance(GivenUpNamesTable.Kept - TimeSpan.FromMinutes(1));
        await module.ApplyAsync();
        Assert.Equal(409, (await module.Mediator.Send(request, Cancellation)).FirstError.NumericType);

        module.Clock.Advance(TimeSpan.FromMinutes(2));
        TestModule.Success(await module.Mediator.Send(request, Cancellation));
        await module.ApplyAsync();
        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(0, await session.ReadFirstAsync<long>("select count(*) from given_up_names", null, Cancellation));
    }

    private static async Task<string> NameOfAsync(TestModule module, string email) =>
        TestModule
            .Success(await module.Mediator.Send(new SignInRequest { Email = email, Password = TestModule.Password }, Cancellation))
            .User.Username;

    // As M0001 left the table: the keys of that version, and no skeleton.
    private static async Task InsertOldAsync(TestModule module, string username, string email)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        await session.ExecuteAsync(
            """
            insert into users (email, email_key, username, username_key, password_hash, email_verified, role, version, created_at, updated_at)
            values (@Email, @EmailKey, @Username, @UsernameKey, @Hash, false, 'member', 1, @Now, @Now)
            """,
            new
            {
                Email = email,
                EmailKey = Names.Key(email),
                Username = username,
                UsernameKey = Names.Key(username),
                Hash = PasswordHash.Create(TestModule.Password),
                Now = module.Clock.GetUtcNow(),
            },
            Cancellation
        );
    }
}
