using Microsoft.Playwright;

namespace Kumiko.Contract.Browser;

/// <summary>A person leaves nothing behind in a browser that others use afterwards.</summary>
[Collection(nameof(InBrowser))]
public class LeavingTests(Chromium chromium)
{
    [Fact]
    public async Task What_somebody_was_writing_goes_when_they_sign_out_in_every_tab()
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
            "() => Object.keys(localStorage).filter(key => key.startsWith('kumiko.draft.')).length === 2 && Object.keys(sessionStorage).some(key => key.endsWith('.board'))"
        );
        await other.WaitForFunctionAsync("() => Object.keys(sessionStorage).some(key => key.startsWith('kumiko.draft.'))");

        await window.SignOutAsync();
        foreach (var tab in (IPage[])[page, other])
        {
            await Assertions.Expect(tab.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
            Assert.DoesNotContain(text, await KeptAsync(tab));
            Assert.DoesNotContain("thought", await tab.Locator("body").InnerTextAsync());
            await Assertions.Expect(tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit your post" })).ToHaveCountAsync(0);
            // Nor is it written again when the page unloads.
            await tab.ReloadAsync();
            Assert.DoesNotContain(text, await KeptAsync(tab));
        }
    }

    [Fact]
    public async Task What_somebody_wrote_offline_is_not_sent_under_the_name_of_the_next()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        var text = $"{Guid.NewGuid():N}";
        await page.RouteAsync("**/api/crud/posts", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await window.Box("Write a post").FillAsync(text);
        await window.Button("Post").ClickAsync();
        await Assertions.Expect(page.GetByText("Not sent.")).ToBeVisibleAsync();
        await window.SignOutAsync();
        Assert.DoesNotContain(text, await KeptAsync(page));
        await page.UnrouteAsync("**/api/crud/posts");
        await window.RegisterAsync("bob");
        await Assertions.Expect(page.GetByText(text)).ToHaveCountAsync(0);
        await page.GotoAsync($"/crud/search?q={text}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_account_of_one_person_never_shows_to_the_next()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var alice = await window.RegisterAsync("alice");
        await page.GotoAsync("/auth/account");
        await Assertions.Expect(page.GetByText($"{alice}@example.test").First).ToBeVisibleAsync();
        await window.SignOutAsync();
        var bob = await window.RegisterAsync("bob");
        // What shows only briefly counts, too.
        await page.AddInitScriptAsync(
            $"new MutationObserver(() => {{ if (document.body?.innerText.includes('{alice}') || [...document.querySelectorAll('input')].some(input => input.value.includes('{alice}'))) window.sawAlice = true; }}).observe(document, {{ subtree: true, childList: true, characterData: true }})"
        );
        await page.RunAndWaitForResponseAsync(
            () => page.GotoAsync("/auth/account"),
            response => response.Url.EndsWith("/api/auth/me", StringComparison.Ordinal)
        );
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync(bob);
        await page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync(bob);
        Assert.False(await page.EvaluateAsync<bool>("window.sawAlice === true"), $"The page of {bob} showed {alice}.");
    }

    [Fact]
    public async Task Whoever_deletes_their_account_is_told_on_the_board_and_leaves_nothing()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        await window.Box("Write a post").FillAsync("half a thought");
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('kumiko.draft.'))");
        await page.GotoAsync("/auth/account");
        await window.Button("Delete account…").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[type=password]").FillAsync(Window.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete permanently" }).ClickAsync();
        await page.IsAtAsync("**/crud");
        await Assertions.Expect(page.GetByText("Your account has been deleted.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.DoesNotContain("thought", await KeptAsync(page));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("Your account has been deleted.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whose_session_was_ended_while_they_were_away_is_told_so_instead_of_greeted()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("alice");
        await page.Context.ClearCookiesAsync();
        // Another document, to which no page passes a token.
        await page.GotoAsync("about:blank");
        await page.GotoAsync("/auth/account/sessions");
        await page.IsAtAsync("**/auth/login**");
        await Assertions.Expect(page.GetByText("You've been signed out.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Good to see you again.")).ToHaveCountAsync(0);
        // A bookmark of the same page, opened later.
        await page.GotoAsync("/auth/account/sessions");
        await page.IsAtAsync("**/auth/login**");
        await Assertions.Expect(page.GetByText("Good to see you again.")).ToBeVisibleAsync();
    }

    private static async Task<string> KeptAsync(IPage page) =>
        await page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");
}
