using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Naming;
using Kumiko.Identity.Passwords;
using Xunit;

namespace Kumiko.Identity.Tests.Naming;

/// <summary>Accounts from an older version, with names that are rejected today.</summary>
public sealed class OldNamesTests
{
    private static ExpectedVersion AnyVersion => ExpectedVersion.Any;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task Names_that_break_a_new_rule_stay_and_sign_in(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        string[] names = ["yuki", "yuki\ufe00", "admin", "...", "h\u0430n\u0430ko", "\u3164\u3164\u3164", "zalgo\u0301\u0302\u0303\u0304"];
        for (var i = 0; i < names.Length; i++)
            await InsertOldAsync(module, names[i], $"old{i}@example.com");

        for (var i = 0; i < names.Length; i++)
        {
            var tokens = await module.SignInAsync($"old{i}");
            Assert.Equal(names[i], tokens.User.Username);
            // Unchanged fields are not validated.
            var changed = await module.Mediator.Send(
                new UpdateMe(Username: null, $"new{i}@example.com", TestModule.Password, TestModule.UserOf(tokens), AnyVersion),
                Cancellation
            );
            Assert.Equal(names[i], TestModule.Success(changed).Username);
        }
    }

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task A_name_released_is_free_after_ninety_days(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await module.RegisterAsync("hanako");
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(
            await module.Mediator.Send(new UpdateMe("flower", Email: null, CurrentPassword: null, user, AnyVersion), Cancellation)
        );
        var request = new RegisterUser("other@example.com", "HANAKO", TestModule.Password, ClientAddress: "", IdempotencyKey.None);

        module.Clock.Advance(ReleasedNamesTable.Kept - TimeSpan.FromMinutes(1));
        await module.ApplyAsync();
        Assert.Equal(409, (await module.Mediator.Send(request, Cancellation)).FirstError.NumericType);

        module.Clock.Advance(TimeSpan.FromMinutes(2));
        TestModule.Success(await module.Mediator.Send(request, Cancellation));
        await module.ApplyAsync();
        await using var session = await module.Database.OpenAsync(Cancellation);
        Assert.Equal(0, await session.ReadFirstAsync<long>("select count(*) from released_names", null, Cancellation));
    }

    // The older version made another skeleton: today, some of these names have the same one.
    private static async Task InsertOldAsync(TestModule module, string username, string email)
    {
        await using var session = await module.Database.OpenAsync(Cancellation);
        await session.ExecuteAsync(
            """
            insert into users (email, email_key, username, username_key, username_skeleton, password_hash, email_verified, role, version,
                created_at, updated_at)
            values (@Email, @EmailKey, @Username, @UsernameKey, @Username, @Hash, false, 'member', 1, @Now, @Now)
            """,
            new
            {
                Email = email,
                EmailKey = Names.Key(email),
                Username = username,
                UsernameKey = Names.Key(username),
                Hash = PasswordHash.Create(TestModule.Password, module.Get<PasswordSettings>().Hashing),
                Now = module.Clock.GetUtcNow(),
            },
            Cancellation
        );
    }
}
