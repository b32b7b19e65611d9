using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Idempotency;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Features.CreateInvitation;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.ExportMe;
using Kumiko.Identity.Features.ForgotPassword;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SetUpTotp;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.TestDatabases;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Kumiko.Identity.Tests;

/// <summary>What is left of an account that was deleted.</summary>
public sealed class ForgottenTests
{
    private const long Id = 7_203_948_571;
    private static readonly string[] Texts = ["quetzalcoatl", "xiuhtecuhtli", "tezcatlipoca"];

    public static TheoryData<DatabaseProvider> Providers => IdentityTestDatabase.Providers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_deleted_account_is_nowhere_but_in_sent_events_and_nowhere_a_week_later(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        await LiveAsync(module);
        // The scan finds what it looks for.
        Assert.Superset(
            new HashSet<string>([
                "users.email",
                "users.username",
                "users.pending_email",
                "sessions.user_id",
                "outbox.body",
                "idempotency_keys.answer",
            ]),
            (await FindAsync(module)).ToHashSet()
        );

        var user = TestModule.UserOf(await SignInAsync(module));
        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, user, ExpectedVersion.Any), Cancellation));
        Assert.Equal(["outbox.body"], await FindAsync(module));

        await using (var session = await module.Database.OpenAsync(Cancellation))
            await session.ExecuteAsync("update outbox set delivered_at = @Now", new { Now = module.Clock.GetUtcNow() }, Cancellation);
        module.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await module.ApplyAsync();
        Assert.Empty(await FindAsync(module));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_documents_say_of_every_table_how_long_it_is_kept(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var tables = await SchemaScan.TablesAsync(module.Database, Cancellation);
        Assert.NotEmpty(tables);
        Assert.Empty(tables.Except(SchemaScan.DocumentedTables("identity")));
    }

    // A person who has used everything that leaves traces.
    private static async Task LiveAsync(TestModule module)
    {
        await module.RegisterAsync("somebody");
        // The last admin could not leave.
        await module.Get<IAccountRoles>().ChangeAsync("somebody@example.com", "admin", Cancellation);
        await using (var session = await module.Database.OpenAsync(Cancellation))
            await session.ExecuteAsync(
                session.Sql(
                    sqlite: "update sqlite_sequence set seq = 7203948570 where name = 'users'",
                    mySql: "alter table users auto_increment = 7203948571"
                ),
                null,
                Cancellation
            );
        var registered = TestModule.Success(
            await module.Mediator.Send(
                new RegisterUser("quetzalcoatl@example.com", "quetzalcoatl", TestModule.Password, "", IdempotencyKey.None),
                Cancellation
            )
        );
        Assert.Equal(Id, registered.Resource.Id);
        await module.VerifyAsync("quetzalcoatl");
        var user = TestModule.UserOf(await SignInAsync(module));
        await module.TrySignInAsync("quetzalcoatl", password: "not the password");
        TestModule.Success(
            await module.Mediator.Send(
                new UpdateMe("xiuhtecuhtli", "tezcatlipoca@example.net", TestModule.Password, user, ExpectedVersion.Any),
                Cancellation
            )
        );
        TestModule.Success(await module.Mediator.Send(new SetUpTotp(user), Cancellation));
        TestModule.Success(await module.Mediator.Send(new ExportMe(user), Cancellation));
        await module.Get<IAccountRoles>().ChangeAsync("quetzalcoatl@example.com", "admin", Cancellation);
        user = TestModule.UserOf(await SignInAsync(module));
        TestModule.Success(
            await module.Mediator.Send(new CreateInvitation("guest@example.com", user, KeyOf(user), Language: null), Cancellation)
        );
        TestModule.Success(
            await module.Mediator.Send(new ForgotPassword("quetzalcoatl@example.com", ClientAddress: "", Language: null), Cancellation)
        );
    }

    private static IdempotencyKey KeyOf(CurrentUser user)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[IdempotencyStore.Header] = "the-key";
        return IdempotencyKey.Read(request, user.Id, "CreateInvitation").Value.WithValues("guest@example.com");
    }

    private static Task<Tokens.IssuedTokens> SignInAsync(TestModule module) => module.SignInAsync("quetzalcoatl");

    private static Task<IReadOnlyList<string>> FindAsync(TestModule module) =>
        SchemaScan.FindAsync(module.Database, Id, Texts, Cancellation);
}
