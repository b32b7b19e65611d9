using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class ListActivityTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task People_see_what_happened_to_their_account_newest_first()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var other = await mallory.OnAnotherDeviceAsync();
        (await other.PostAsync("/api/auth/logout")).Is(204);
        (await mallory.PatchAsync("/api/auth/me", new { username = Person.UniqueName("mallory") })).Is(200);
        await kumiko.Anyone.PostAsync("/api/auth/login", new { email = mallory.Email, password = "not the password" });

        var list = (await mallory.GetAsync("/api/auth/me/activity")).Is(200);

        Assert.Equal("no-store", list.Header("Cache-Control"));
        Assert.Equal(
            [
                "sign_in refused unknown",
                "name_change succeeded self",
                "session_end succeeded self signed_out",
                "sign_in succeeded self",
                "sign_in succeeded self",
                "registration succeeded self",
            ],
            list.Items.Select(item =>
                $"{item.GetProperty("action")} {item.GetProperty("outcome")} {item.GetProperty("by")} {item.GetProperty("details")}".Trim()
            )
        );
        Assert.All(list.Items, item => Moment.IsRecent(item.GetProperty("at")));
        // The network, not the machine.
        Assert.All(list.Items, item => Assert.EndsWith(".0/24", item.GetProperty("client").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_for_another_address_is_told_apart_from_the_change()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        var email = $"{Person.UniqueName("mallory")}@example.test";
        (await mallory.PatchAsync("/api/auth/me", new { email, current_password = mallory.Password })).Is(200);
        (await mallory.PostAsync("/api/auth/email/verify", new { token = await Mailbox.TokenAsync(email, "/auth/verify") })).Is(204);

        var items = (await mallory.GetAsync("/api/auth/me/activity")).Is(200).Items;

        Assert.Equal(
            ["proved", "requested"],
            items
                .Where(item => item.GetProperty("action").GetString() == "email_change")
                .Select(item => item.GetProperty("details").GetString())
        );
    }

    [Fact]
    public async Task What_staff_did_is_listed_without_their_network_and_session()
    {
        var (admin, judy) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("judy"));
        var path = $"/api/auth/admin/users/{judy.Id}";
        (await admin.DeleteAsync($"{path}/sessions")).Is(204);
        (await admin.PatchAsync(path, new { disabled = true })).Is(200);
        (await admin.PatchAsync(path, new { disabled = false })).Is(200);
        await judy.SignInAsync();

        var items = (await judy.GetAsync("/api/auth/me/activity")).Is(200).Items;

        var byStaff = items.Where(item => item.GetProperty("by").GetString() == "staff").ToList();
        Assert.Equal(
            ["account_enabling", "account_disabling", "session_end"],
            byStaff.Select(item => item.GetProperty("action").GetString())
        );
        Assert.All(byStaff, item => Assert.Equal(JsonValueKind.Null, item.GetProperty("client").ValueKind));
        // The session that was ended is the person's own.
        Assert.All(
            byStaff,
            item =>
                Assert.Equal(
                    item.GetProperty("action").GetString() == "session_end" ? JsonValueKind.Number : JsonValueKind.Null,
                    item.GetProperty("session_id").ValueKind
                )
        );
    }

    [Fact]
    public async Task The_list_is_read_page_by_page()
    {
        var mallory = await kumiko.NewPersonAsync("mallory");
        for (var n = 0; n < 3; n++)
            await mallory.LoginAsync();
        var all = (await mallory.GetAsync("/api/auth/me/activity")).Is(200).Ids;
        var ids = new List<long>();
        for (var cursor = ""; cursor is not null; )
        {
            var page = (
                await mallory.GetAsync(
                    "/api/auth/me/activity?limit=2" + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "")
                )
            ).Is(200);
            ids.AddRange(page.Ids);
            cursor = page.NextCursor;
        }

        Assert.Equal(5, all.Count);
        Assert.Equal(all, ids);
    }

    [Fact]
    public async Task Nobody_sees_the_activity_of_others()
    {
        var (alice, bob) = (await kumiko.NewPersonAsync("alice"), await kumiko.NewPersonAsync("bob"));
        var ids = (await alice.GetAsync("/api/auth/me/activity")).Is(200).Ids;
        Assert.Empty(ids.Intersect((await bob.GetAsync("/api/auth/me/activity")).Is(200).Ids));
        (await kumiko.Anyone.GetAsync("/api/auth/me/activity")).IsProblem(401);
    }
}
