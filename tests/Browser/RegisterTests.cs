using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The page to create an account.</summary>
[Collection(nameof(InBrowser))]
public class RegisterTests(Chromium chromium)
{
    [Fact]
    public async Task A_password_that_the_server_refuses_is_shown_as_easy_to_guess()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync("/auth/register");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("Password1");
        await Expect(page.GetByText("Strength: easy to guess")).ToBeVisibleAsync();
        // A rule that only the server checks: a word from a film.
        await page.GetByLabel("E-mail address").FillAsync($"{Guid.NewGuid():N}@example.test");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync(Person.UniqueName("weak"));
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("something");
        await Expect(page.GetByText("Strength: fair")).ToBeVisibleAsync();
        await window.Button("Create account").ClickAsync();
        await Expect(page.GetByText("That password is easy to guess")).ToBeVisibleAsync();
        await Expect(page.GetByText("Strength: easy to guess")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_registration_is_closed_the_form_is_never_seen()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await page.RouteAsync(
            "**/api/auth/settings",
            async route =>
            {
                asked.SetResult();
                await answer.Task;
                await route.FulfillAsync(new() { ContentType = "application/json", Body = """{"registration":"closed"}""" });
            }
        );
        await page.GotoAsync("/auth/register");
        await asked.Task;
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Expect(page.Locator("form")).ToBeHiddenAsync();
        answer.SetResult();
        await Expect(page.GetByText("New accounts can't be created here")).ToBeVisibleAsync();
        await Expect(page.Locator("form")).ToHaveCountAsync(0);
    }
}
