using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Writing a post.</summary>
[Collection(nameof(InBrowser))]
public class ComposeTests(Chromium chromium)
{
    [Fact]
    public async Task A_draft_survives_a_reload()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        await alice.Box("Write a post").PressSequentiallyAsync("not done ye");
        // The last letters are kept, too.
        await alice.Page.ReloadAsync();
        await Expect(alice.Box("Write a post")).ToHaveValueAsync("not done ye");
    }

    [Fact]
    public async Task A_post_written_offline_is_sent_when_the_network_is_back()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        await Expect(alice.Box("Write a post")).ToBeVisibleAsync();
        var text = $"{Guid.NewGuid():N}";
        await alice.GoOfflineAsync(true);
        await Expect(alice.Page.Locator("strong:visible").Filter(new() { HasText = "You're offline" })).ToBeVisibleAsync();
        await alice.Box("Write a post").FillAsync(text);
        await alice.Button("Post").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToContainTextAsync("Waiting for the network");
        await alice.GoOfflineAsync(false);
        await Expect(alice.Post(text)).ToHaveCountAsync(1);
        await alice.Page.ReloadAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Article).Filter(new() { HasText = text })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_invitation_to_write_breaks_between_phrases_in_Japanese()
    {
        await using var window = await chromium.OpenAsync("ja-JP", width: 390);
        await window.Page.GotoAsync("/crud");
        var text = window.Page.GetByText("書くには登録またはログインしてください");
        await Expect(text).ToBeVisibleAsync();
        Assert.Equal("auto-phrase", await text.EvaluateAsync<string>("element => getComputedStyle(element).wordBreak"));
    }
}
