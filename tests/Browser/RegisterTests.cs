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
}
