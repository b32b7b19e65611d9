using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>A person who signs out leaves nothing behind in a browser that others use afterwards.</summary>
[Collection(nameof(InBrowser))]
public class SignOutTests(Chromium chromium)
{
    [Fact]
    public async Task Signing_out_removes_drafts_in_every_tab()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await window.WriteAsync(text);
        await window.Box("Write a post").FillAsync($"half a thought {text}");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/crud");
        await other.GetByRole(AriaRole.Textbox, new() { Name = "Write a post" }).FillAsync($"another thought {text}");
        await window.EditAsync(text, $"a change to {text}");
        // A draft is saved a moment after the last letter.
        await page.WaitForFunctionAsync(
            "() => Object.keys(localStorage).filter(key => key.startsWith('kumiko.draft.')).length === 2 && "
                + "Object.keys(sessionStorage).some(key => key.endsWith('.board'))"
        );
        await other.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(key => key.startsWith('kumiko.draft.'))");

        await window.SignOutAsync();
        foreach (var tab in (IPage[])[page, other])
        {
            await Expect(tab.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
            await Window.ForgetsAsync(tab, text);
            await Expect(tab.Locator("body")).Not.ToContainTextAsync($"thought {text}");
            await Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit your post" })).ToHaveCountAsync(0);
            // Nor is it written again when the page unloads.
            await tab.ReloadAsync();
            Assert.DoesNotContain(text, await Window.ReadStorageAsync(tab));
        }
    }

    [Fact]
    public async Task An_unsent_post_is_not_sent_under_the_next_users_name()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await page.RouteAsync("**/api/crud/posts", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await window.Box("Write a post").FillAsync(text);
        await window.Button("Post").ClickAsync();
        await Expect(page.GetByText("Not sent.")).ToBeVisibleAsync();
        await window.SignOutAsync();
        await Window.ForgetsAsync(page, text);
        await page.UnrouteAsync("**/api/crud/posts");
        await window.RegisterAsync("bob");
        await Expect(page.GetByText(text)).ToHaveCountAsync(0);
        await page.GotoAsync($"/crud/search?q={text}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_account_page_never_shows_the_previous_user()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var alice = await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByText($"{alice}@example.test").First).ToBeVisibleAsync();
        await window.SignOutAsync();
        var bob = await window.RegisterAsync("bob");
        // What shows only briefly counts, too.
        await page.AddInitScriptAsync(
            $"new MutationObserver(() => {{ if (document.body?.innerText.includes('{alice}') || "
                + $"[...document.querySelectorAll('input')].some(input => input.value.includes('{alice}'))) window.sawAlice = true; "
                + $"}}).observe(document, {{ subtree: true, childList: true, characterData: true }})"
        );
        await page.RunAndWaitForResponseAsync(
            () => page.GotoAsync("/auth/account"),
            response => response.Url.EndsWith("/api/auth/me", StringComparison.Ordinal)
        );
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync(bob);
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync(bob);
        Assert.False(await page.EvaluateAsync<bool>("window.sawAlice === true"), $"The page of {bob} showed {alice}.");
    }

    // As on a computer in a library: one browser, and nothing is closed in between.
    [Fact]
    public async Task The_next_user_of_a_browser_sees_nothing_of_the_previous_one()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var alice = await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync($"{alice}@example.test");
        await page.GotoAsync("/crud");
        await window.Box("Write a post").PressSequentiallyAsync("what alice did not want to say");
        await page.GetByRole(AriaRole.Button, new() { Name = "Account and settings" }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();

        var bob = await window.RegisterAsync("bob");
        await Expect(window.Box("Write a post")).ToHaveValueAsync("");
        Assert.DoesNotContain(
            "alice",
            await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })"),
            StringComparison.Ordinal
        );
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync($"{bob}@example.test");
        Assert.DoesNotContain(alice, await page.ContentAsync(), StringComparison.Ordinal);
    }
}
