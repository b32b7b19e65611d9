using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>What the links of mails open, and how people ask for them.</summary>
[Collection(nameof(InBrowser))]
public class MailLinkTests(Chromium chromium)
{
    private const string NewPassword = "eight maple leaves in the wind";

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_the_link_of_a_mail()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var email = $"{await window.RegisterAsync("mallow")}@example.test";
        await window.SignOutAsync();
        await page.GotoAsync("/auth/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await page.IsAtAsync("**/auth/forgot");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await window.Button("Send link").ClickAsync();
        await Expect(page.GetByText($"If an account has the address {email}")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();

        await page.GotoAsync($"/auth/reset#token={await Mailbox.TokenAsync(email, "/auth/reset")}");
        // The token is in no address that somebody copies, and in no history.
        await page.IsAtAsync("**/auth/reset");
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(NewPassword);
        await window.Button("Change password").ClickAsync();
        await Expect(page.GetByText("Your password is changed")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).First.ClickAsync();
        await page.IsAtAsync("**/auth/login");
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(NewPassword);
        await window.Button("Sign in").ClickAsync();
        await page.IsAtAsync("**/crud");
    }

    [Fact]
    public async Task An_address_is_proved_and_replaced_by_another_that_is_proved()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        var email = $"{await window.RegisterAsync("vera")}@example.test";
        await page.GotoAsync("/auth/account");
        await Expect(page.GetByText($"Confirm that {email} is yours")).ToBeVisibleAsync();
        await window.Button("Send the mail again").ClickAsync();
        await Expect(page.GetByText($"We've sent a link to {email}.")).ToBeVisibleAsync();
        await ConfirmAsync(email, count: 2);
        await Expect(page.GetByText("Confirmed", new() { Exact = true })).ToBeVisibleAsync();

        var next = $"new-{email}";
        HostLog.Watch("e-mail address", next);
        await page.GetByLabel("E-mail address").FillAsync(next);
        await page.GetByLabel("Current password", new() { Exact = true }).FillAsync(Window.Password);
        await window.Button("Save changes").ClickAsync();
        await Expect(page.GetByText($"{next} becomes your address")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();
        await ConfirmAsync(next);
        await Expect(page.GetByLabel("E-mail address")).ToHaveValueAsync(next);

        // The old address gets the account back, whoever is signed in.
        await page.GotoAsync($"/auth/keep-email#token={await Mailbox.TokenAsync(email, "/auth/keep-email")}");
        await window.Button("Keep this address").ClickAsync();
        await Expect(page.GetByText("Your address stays as it was")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();

        async Task ConfirmAsync(string address, int count = 1)
        {
            await page.GotoAsync($"/auth/verify#token={await Mailbox.TokenAsync(address, "/auth/verify", count)}");
            await window.Button("Confirm address").ClickAsync();
            await Expect(page.GetByText("your e-mail address is confirmed")).ToBeVisibleAsync();
            await window.IsAccessibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Go to your profile" }).ClickAsync();
            await page.IsAtAsync("**/auth/account");
        }
    }

    // An app that somebody else has set up: opening the link does nothing, its button leads to a new password without a code.
    [Theory]
    [InlineData("en-GB", 1440)]
    [InlineData("ja-JP", 390)]
    public async Task Somebody_who_was_locked_out_takes_the_account_back(string language, int width)
    {
        await using var window = await chromium.OpenAsync(language, isDark: width < 600, width: width);
        var page = window.Page;
        using var anyone = new Caller(chromium.Home);
        var una = await Person.JoinAsync(anyone, "una");
        await una.VerifyAsync();
        await una.UseAuthenticatorAsync();
        await page.GotoAsync($"/auth/undo-factors#token={await Mailbox.TokenAsync(una.Email, "/auth/undo-factors")}");
        await page.IsAtAsync("**/auth/undo-factors");
        var undo = window.Button(width < 600 ? "自分ではないので取り消す" : "It wasn't me");
        await Expect(undo).ToBeVisibleAsync();
        await Window.LookAsync(page, $"undo-{width}");
        await window.IsAccessibleAsync();
        Assert.True((await una.GetAsync("/api/auth/me")).Is(200)["second_factor"].GetBoolean());
        await undo.ClickAsync();
        await Expect(page.GetByText(width < 600 ? "追加されたものを取り消し、" : "What was added is removed")).ToBeVisibleAsync();
        await Window.LookAsync(page, $"undone-{width}");
        await window.IsAccessibleAsync();
        (await una.GetAsync("/api/auth/me")).IsProblem(401);

        var next = width < 600 ? "新しいパスワードを設定する" : "Choose a new password";
        await page.GetByRole(AriaRole.Link, new() { Name = next }).ClickAsync();
        await page.IsAtAsync("**/auth/reset");
        await page.Locator("input[type=password]").FillAsync(NewPassword);
        await page.Locator("form button[type=submit]").ClickAsync();
        await Expect(page.GetByText(width < 600 ? "パスワードを変更し、" : "Your password is changed")).ToBeVisibleAsync();
        await Expect(page.Locator("input[autocomplete=one-time-code]")).ToHaveCountAsync(0);
        (await anyone.PostAsync("/api/auth/login", new { email = una.Email, password = NewPassword })).Is(200);
    }

    [Fact]
    public async Task A_link_that_was_used_says_what_to_do()
    {
        await using var window = await chromium.OpenAsync();
        await window.Page.GotoAsync("/auth/verify");
        await Expect(window.Page.GetByText("This link no longer works")).ToBeVisibleAsync();
        await window.Page.GotoAsync("/auth/reset");
        await Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = "Send me a new link" })).ToBeVisibleAsync();
    }
}
