using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The pages for admins, and what moderators see on the board.</summary>
[Collection(nameof(InBrowser))]
public class AdministrationTests(Chromium chromium, RunningKumiko kumiko)
{
    [Theory]
    [InlineData(false, 1280)]
    [InlineData(true, 360)]
    public async Task An_admin_finds_a_person_disables_the_account_and_reads_who_did_it(bool isDark, int width)
    {
        await using var admin = await chromium.OpenAsync(isDark: isDark, width: width);
        var (mallory, boss) = (await kumiko.NewPersonAsync("mallory"), await admin.RegisterAsync("boss"));
        await admin.Page.GotoAsync("/auth/admin");
        await Expect(admin.Page.GetByText("Only for admins")).ToBeVisibleAsync();
        await admin.IsAccessibleAsync();

        await kumiko.GiveRoleAsync($"{boss}@example.test", "admin");
        await admin.Page.ReloadAsync();
        await admin.Page.GetByLabel("Name or e-mail address").FillAsync(mallory.Username);
        await Expect(admin.Page.GetByText("1 account", new() { Exact = true })).ToBeVisibleAsync();
        await admin.IsAccessibleAsync();
        await admin.Page.GetByRole(AriaRole.Link, new() { Name = mallory.Username }).ClickAsync();

        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Disable account…" }).ClickAsync();
        var dialog = admin.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Sends advertisements.");
        await admin.IsAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disable account" }).ClickAsync();
        await Expect(admin.Page.GetByText("This account is disabled")).ToBeVisibleAsync();
        await Expect(admin.Page.GetByText("Sends advertisements.")).ToBeVisibleAsync();
        await admin.IsAccessibleAsync();

        await admin.Page.GetByRole(AriaRole.Link, new() { Name = "What was done to this account" }).ClickAsync();
        var entries = admin.Page.GetByRole(AriaRole.List, new() { Name = "Audit trail" }).GetByRole(AriaRole.Listitem);
        await Expect(entries.Filter(new() { HasText = "Account disabled" })).ToContainTextAsync(boss);
        await admin.IsAccessibleAsync();
        Assert.False(
            await admin.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
            "The audit trail is wider than the window."
        );
        var download = await admin.Page.RunAndWaitForDownloadAsync(() =>
            admin.Page.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync()
        );
        Assert.Equal("audit.csv", download.SuggestedFilename);
    }

    [Fact]
    public async Task A_moderator_deletes_somebody_elses_post_after_a_question()
    {
        await using var window = await chromium.OpenAsync();
        var alice = await kumiko.NewPersonAsync("alice");
        var text = $"advertisement {Guid.NewGuid():N}";
        var post = await alice.WriteAsync(text);
        var name = await window.RegisterAsync("moderator");
        await kumiko.GiveRoleAsync($"{name}@example.test", "moderator");
        await window.Page.GotoAsync($"/crud/post?id={post.Id}");

        await window.ChooseAsync(text, "Delete");
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByText($"Delete a post by {alice.Username}?")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete post" }).ClickAsync();
        await Eventually.IsAsync(() => kumiko.Anyone.GetAsync($"/api/crud/posts/{post.Id}"), answer => answer.Status == 404);
    }

    [Fact]
    public async Task People_see_their_own_activity()
    {
        await using var window = await chromium.OpenAsync();
        await window.RegisterAsync();
        await window.Page.GotoAsync("/auth/account/security");
        await Expect(window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Account created" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Signed in" })).ToBeVisibleAsync();
    }
}
