using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Changing a post.</summary>
[Collection(nameof(InBrowser))]
public class EditPostTests(Chromium chromium)
{
    [Fact]
    public async Task Two_editors_of_one_post_see_both_texts_and_lose_neither()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var text = await SaveInBothAsync(here, there);
        var dialog = there.Page.GetByRole(AriaRole.Dialog, new() { Name = "This post changed while you were editing" });
        await Expect(dialog).ToContainTextAsync("from here");
        await Expect(dialog).ToContainTextAsync("from there");
        await there.IsAccessibleAsync();
        await there.Button("Keep your version").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("from there");
    }

    [Fact]
    public async Task A_combined_version_survives_a_failed_save()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var text = await SaveInBothAsync(here, there);
        await there.Button("Combine both").ClickAsync();
        await there.Box("Combined version").FillAsync($"{text} from both");
        await there.Page.RouteAsync("**/api/crud/posts/*", route => route.AbortAsync());
        await there.Button("Save this version").ClickAsync();
        await Expect(there.Box("Edit your post")).ToHaveValueAsync($"{text} from both");
        await there.Page.UnrouteAsync("**/api/crud/posts/*");
        await there.Button("Save").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("from both");
    }

    [Fact]
    public async Task A_failed_edit_is_reported_on_the_next_page_and_its_text_is_kept()
    {
        await using var alice = await chromium.OpenAsync();
        var name = await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.EditAsync(text, $"{text} changed");
        var isOn = new TaskCompletionSource();
        await alice.Page.RouteAsync(
            "**/api/crud/posts/*",
            async route =>
            {
                if (route.Request.Method == "PUT")
                {
                    await isOn.Task;
                    await route.AbortAsync();
                }
                else
                    await route.ContinueAsync();
            }
        );
        await alice.Button("Save").ClickAsync();
        await alice.Post(text).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = name })).ToBeVisibleAsync();
        isOn.SetResult();

        await Expect(alice.Page.GetByText("Your changes weren't saved.")).ToBeVisibleAsync();
        await alice.Button("Show").ClickAsync();
        await alice.Page.IsAtAsync("**/crud/post?id=*");
        await alice.ChooseAsync(text, "Edit");
        await Expect(alice.Box("Edit your post")).ToHaveValueAsync($"{text} changed");
        await alice.Page.UnrouteAsync("**/api/crud/posts/*");
        await alice.Button("Save").ClickAsync();
        await Expect(alice.Post(text)).ToContainTextAsync($"{text} changed");
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
    }

    [Fact]
    public async Task Save_works_while_the_current_version_is_still_loading()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.ChooseAsync(text, "Edit");
        var box = alice.Box("Edit your post");
        await box.FillAsync($"{text} chan");
        await box.PressAsync("Control+Enter");
        await box.PressSequentiallyAsync("ged");
        letGo();
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
        await Expect(alice.Post(text)).ToContainTextAsync($"{text} changed");
    }

    [Fact]
    public async Task Cancel_while_the_current_version_is_still_loading_saves_nothing()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        var writes = 0;
        alice.Page.Request += (_, request) => writes += request.Method == "PUT" ? 1 : 0;
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.ChooseAsync(text, "Edit");
        var box = alice.Box("Edit your post");
        await box.FillAsync($"{text} changed");
        await box.PressAsync("Control+Enter");
        await alice.Button("Cancel").ClickAsync();
        await alice.Page.RunAndWaitForResponseAsync(
            () =>
            {
                letGo();
                return Task.CompletedTask;
            },
            new Regex("/api/crud/posts/\\d+$")
        );
        // Anything else to send would have been sent by now.
        await alice.Page.ReloadAsync();
        await Expect(alice.Post(text)).ToHaveCountAsync(1);
        await Expect(alice.Post(text)).Not.ToContainTextAsync("changed");
        Assert.Equal(0, writes);
    }

    [Fact]
    public async Task Saving_an_edit_does_not_move_the_focus_from_another_field()
    {
        await using var alice = await chromium.OpenAsync();
        await alice.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await alice.WriteAsync(text);
        await alice.EditAsync(text, $"{text} changed");
        var letGo = await alice.HoldAsync("**/api/crud/posts/*");
        await alice.Button("Save").ClickAsync();
        await Expect(alice.Post(text)).ToContainTextAsync("Saving");

        var search = alice.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync(text);
        letGo();
        await Expect(alice.Post(text)).ToContainTextAsync("edited");
        // Focus would move one frame after the answer.
        await alice.Page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(search).ToBeFocusedAsync();
    }

    // Changes one post in two windows at once, and saves it in the first, then in the second.
    private static async Task<string> SaveInBothAsync(Window here, Window there)
    {
        var (name, text) = (await here.RegisterAsync(), $"{Guid.NewGuid():N}");
        await here.WriteAsync(text);
        await there.SignInAsync(name);
        await there.EditAsync(text, $"{text} from there");
        await here.EditAsync(text, $"{text} from here");
        await here.Button("Save").ClickAsync();
        await Expect(here.Post(text)).ToContainTextAsync("edited");
        await there.Button("Save").ClickAsync();
        return text;
    }
}
