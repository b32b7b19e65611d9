using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>The page of sessions.</summary>
[Collection(nameof(InBrowser))]
public class SessionsTests(Chromium chromium)
{
    [Fact]
    public async Task A_session_ended_elsewhere_leads_to_the_sign_in_page()
    {
        await using var here = await chromium.OpenAsync();
        await using var there = await chromium.OpenAsync();
        var name = await here.RegisterAsync();
        await there.SignInAsync(name);
        await there.Page.GotoAsync("/auth/account/security");
        await Expect(there.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Security" })).ToBeVisibleAsync();

        await here.Page.GotoAsync("/auth/account/sessions");
        await here.Button("Sign out everywhere else").First.ClickAsync();
        await here.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await Expect(here.Page.GetByText("You're signed out everywhere else.")).ToBeVisibleAsync();
        await there.Page.ReloadAsync();
        await there.Page.IsAtAsync("**/auth/login**");
        await Expect(there.Button("Sign in")).ToBeVisibleAsync();
    }
}
