using System.Text.Json;

namespace Kumiko.Contract.Identity;

public class ListAuditEntriesTests(RunningKumiko kumiko)
{
    [Fact]
    public async Task What_an_admin_does_is_recorded_with_the_reason()
    {
        var (admin, mallory) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("mallory"));
        var path = $"/api/auth/admin/users/{mallory.Id}";
        (await admin.PatchAsync(path, new { role = "moderator", reason = "Helps." })).Is(200);
        (await admin.PatchAsync(path, new { disabled = true, reason = "広告を送る" })).Is(200);
        (await admin.PatchAsync(path, new { disabled = false })).Is(200);

        var entries = await EntriesAsync(admin, $"actor={admin.Id}&subject={mallory.Id}");
        Assert.Equal(
            [
                "account_enabling succeeded  ",
                "account_disabling succeeded  広告を送る",
                "session_end succeeded account_disabling ",
                "role_change succeeded member:moderator Helps.",
                "session_end succeeded role_change ",
            ],
            entries.Select(entry =>
                $"{entry.GetProperty("action")} {entry.GetProperty("outcome")} {entry.GetProperty("details")} {entry.GetProperty("reason")}"
            )
        );
        Assert.All(entries, entry => Assert.Equal(admin.Username, entry.GetProperty("actor_name").GetString()));
        Assert.All(entries, entry => Assert.Equal(mallory.Username, entry.GetProperty("subject_name").GetString()));

        // The person sees it, too, but not who it was.
        await mallory.SignInAsync();
        var own = (await mallory.GetAsync("/api/auth/me/activity")).Is(200);
        Assert.Contains(
            own.Items,
            item => item.GetProperty("action").GetString() == "account_disabling" && item.GetProperty("by").GetString() == "staff"
        );
        Assert.DoesNotContain(admin.Username, own.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("広告", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_of_the_operator_is_recorded()
    {
        var admin = await kumiko.AdminAsync();
        var entry = Assert.Single(await EntriesAsync(admin, $"subject={admin.Id}&action=role_change"));
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("actor_id").ValueKind);
        Assert.Equal("member:admin", entry.GetProperty("details").GetString());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("client").ValueKind);
    }

    [Fact]
    public async Task Entries_are_filtered_by_action_and_time()
    {
        var (admin, judy) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("judy"));
        var all = await EntriesAsync(admin, $"subject={judy.Id}");
        Assert.Equal(["sign_in", "registration"], all.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Single(await EntriesAsync(admin, $"subject={judy.Id}&action=registration"));
        var signedIn = all[0].GetProperty("at").GetString()!;
        Assert.Single(await EntriesAsync(admin, $"subject={judy.Id}&from={signedIn}"));
        Assert.Single(await EntriesAsync(admin, $"subject={judy.Id}&to={signedIn}"));
        (await admin.GetAsync("/api/auth/admin/audit?action=flew_away")).IsProblemWith(400, "action");
        (await admin.GetAsync("/api/auth/admin/audit?from=yesterday")).IsProblem(400);
        (await admin.GetAsync("/api/auth/admin/audit?subject=0")).IsProblem(400);
    }

    [Fact]
    public async Task A_deleted_account_is_not_named_any_more()
    {
        var (admin, mallory) = (await kumiko.AdminAsync(), await kumiko.NewPersonAsync("mallory"));
        var ids = (await EntriesAsync(admin, $"subject={mallory.Id}")).Select(entry => entry.GetProperty("id").GetInt64()).ToList();
        (await mallory.DeleteAsync("/api/auth/me", new { password = mallory.Password })).Is(204);
        Assert.Empty(await EntriesAsync(admin, $"subject={mallory.Id}"));
        Assert.Empty(await EntriesAsync(admin, $"actor={mallory.Id}"));
        Assert.Equal(2, ids.Count);
    }

    private static async Task<IReadOnlyList<JsonElement>> EntriesAsync(Person admin, string query) =>
        (await admin.GetAsync($"/api/auth/admin/audit?{query}")).Is(200).Items;
}
