using System.Text.Json;
using Kumiko.BuildingBlocks.Data;
using Kumiko.BuildingBlocks.Privacy;
using Kumiko.BuildingBlocks.Security;
using Kumiko.BuildingBlocks.Versions;
using Kumiko.Identity.Data;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.EndSessionsOfUser;
using Kumiko.Identity.Features.ListActivity;
using Kumiko.Identity.Features.UpdateUser;
using Xunit;

namespace Kumiko.Identity.Tests.Features;

/// <summary>By whom something was done, as the owner of the account sees it.</summary>
public sealed class ListActivityTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task What_the_operator_and_a_deleted_admin_did_was_done_by_staff(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var (leaving, _) = (await AdminAsync(module, "taro"), await AdminAsync(module, "jiro"));
        await module.RegisterAsync("hanako");
        await module.TrySignInAsync("hanako", password: "not the password");
        var ended = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(await module.Mediator.Send(new EndSessionsOfUser(ended.Id, leaving), Cancellation));
        foreach (var isDisabled in (bool[])[true, false])
            TestModule.Success(
                await module.Mediator.Send(
                    new UpdateUser(ended.Id, Role: null, isDisabled, "because", leaving, ExpectedVersion.Any),
                    Cancellation
                )
            );
        await module.SignInAsync("hanako");
        await module.Get<IAccountRoles>().ChangeAsync("hanako@example.com", "moderator", Cancellation);
        await using (var session = await module.Database.OpenAsync(Cancellation))
            await session.ExecuteAsync(
                "insert into totp_secrets (user_id, sealed_secret, last_step, created_at) values (@Id, @Secret, 0, @Now)",
                new
                {
                    ended.Id,
                    Secret = new byte[48],
                    Now = module.Clock.GetUtcNow(),
                },
                Cancellation
            );
        await module.Get<IAccountFactors>().ResetAsync("hanako", Cancellation);
        var user = TestModule.UserOf(await module.SignInAsync("hanako"));
        string[] expected =
        [
            "registration self",
            "sign_in unknown",
            "sign_in self",
            "session_end staff ended_by_admin",
            "account_disabling staff",
            "account_enabling staff",
            "sign_in self",
            "session_end staff role_change",
            "role_change staff member:moderator",
            "session_end staff factor_reset",
            "factor_reset staff",
            "sign_in self",
        ];
        Assert.Equal(expected, await ActivityAsync(module, user));
        Assert.Equal(expected, await ExportAsync(module, user));

        TestModule.Success(await module.Mediator.Send(new DeleteMe(TestModule.Password, leaving, ExpectedVersion.Any), Cancellation));

        Assert.Equal(expected, await ActivityAsync(module, user));
        Assert.Equal(expected, await ExportAsync(module, user));
    }

    // The sessions that an admin ended belong to others.
    [Theory]
    [MemberData(nameof(IdentityTestDatabase.Providers), MemberType = typeof(IdentityTestDatabase))]
    public async Task An_admins_export_names_no_sessions_of_others(DatabaseProvider provider)
    {
        await using var module = await TestModule.StartAsync(provider);
        var admin = await AdminAsync(module, "taro");
        await module.RegisterAsync("hanako");
        var ended = TestModule.UserOf(await module.SignInAsync("hanako"));
        TestModule.Success(await module.Mediator.Send(new EndSessionsOfUser(ended.Id, admin), Cancellation));

        var row = Assert.Single(
            await ExportedAsync(module, admin),
            row => row.GetProperty("DoneTo").GetString() == "other" && row.GetProperty("Action").GetString() == "session_end"
        );

        Assert.Equal(JsonValueKind.Null, row.GetProperty("SessionId").ValueKind);
        Assert.Equal("self", row.GetProperty("DoneBy").GetString());
    }

    private static async Task<CurrentUser> AdminAsync(TestModule module, string name)
    {
        await module.RegisterAsync(name);
        await module.Get<IAccountRoles>().ChangeAsync($"{name}@example.com", "admin", Cancellation);
        return TestModule.UserOf(await module.SignInAsync(name));
    }

    // The oldest first, as in the export.
    private static async Task<IEnumerable<string>> ActivityAsync(TestModule module, CurrentUser user) =>
        TestModule
            .Success(await module.Mediator.Send(new ListActivity(100, Cursor: null, user), Cancellation))
            .Items.Reverse()
            .Select(item => Line(item.Action, item.By, item.Details, item.SessionId));

    private static async Task<IEnumerable<string>> ExportAsync(TestModule module, CurrentUser user) =>
        (await ExportedAsync(module, user)).Select(row =>
            Line(
                row.GetProperty("Action").GetString(),
                row.GetProperty("DoneBy").GetString(),
                row.GetProperty("Details").GetString(),
                row.GetProperty("SessionId").Deserialize<long?>()
            )
        );

    private static async Task<IReadOnlyList<JsonElement>> ExportedAsync(TestModule module, CurrentUser user)
    {
        var file = module.Get<IEnumerable<IPersonalData<IdentityDatabase>>>().Single(data => data.File == "activity.json");
        await using var session = await module.Database.OpenAsync(Cancellation);
        var page = await file.ReadAsync(session, user.Id, after: 0, Cancellation);
        return [.. page.Items.Select(row => JsonSerializer.SerializeToElement(row, row.GetType()))];
    }

    // The person's own sessions are named, also where staff ended them; those of staff are not.
    private static string Line(string? action, string? by, string? details, long? sessionId)
    {
        Assert.Equal(action is "sign_in" or "session_end" && by != "unknown", sessionId is not null);
        return $"{action} {by} {details}".TrimEnd();
    }
}
