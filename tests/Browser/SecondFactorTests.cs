using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>An authenticator app and recovery codes, from setting them up to turning them off.</summary>
[Collection(nameof(InBrowser))]
public class SecondFactorTests(Chromium chromium)
{
    [Theory]
    [InlineData("en-GB", 1440)]
    [InlineData("ja-JP", 390)]
    public async Task A_forgotten_password_is_replaced_with_a_code(string language, int width)
    {
        await using var window = await chromium.OpenAsync(language, isDark: width < 600, width: width);
        var page = window.Page;
        using var anyone = new Caller(chromium.Home);
        var wendy = await Person.JoinAsync(anyone, "wendy");
        await wendy.VerifyAsync();
        var app = await wendy.UseAuthenticatorAsync();
        (await anyone.PostAsync("/api/auth/password/forgot", new { email = wendy.Email })).Is(202);
        await page.GotoAsync($"/auth/reset#token={await Mailbox.TokenAsync(wendy.Email, "/auth/reset")}");
        await page.Locator("input[type=password]").FillAsync(Window.Password);
        var send = page.Locator("form button[type=submit]");
        await send.ClickAsync();

        var code = page.Locator("input[autocomplete=one-time-code]");
        await Expect(code).ToBeFocusedAsync();
        await Expect(code).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Window.LookAsync(page, $"reset-code-{width}");
        await window.IsAccessibleAsync();
        await code.FillAsync(app.Wrong());
        await send.ClickAsync();
        await Expect(code).ToHaveAttributeAsync("aria-invalid", "true");
        await code.FillAsync(app.Next());
        await send.ClickAsync();
        await Expect(page.GetByText(width < 600 ? "パスワードを変更し、" : "Your password is changed")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(false, 1440)]
    [InlineData(true, 390)]
    public async Task A_person_sets_it_up_signs_in_with_it_loses_the_phone_and_turns_it_off(bool isDark, int width)
    {
        await using var window = await chromium.OpenAsync(isDark: isDark, width: width);
        var page = window.Page;
        var look = isDark ? "dark" : "light";
        var name = await window.RegisterAsync("wendy");
        await page.GotoAsync("/auth/account/security");
        await window.Button("Set up").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for the authenticator app" })).ToBeVisibleAsync();
        var secret = (await page.GetByLabel("Key for the app").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        HostLog.Watch("secret of the app", secret);
        var app = Authenticator.Of(secret.ReplaceLineEndings(""));
        await LookAsync("setup");
        await window.Box("Code").FillAsync(app.Next());
        await window.Button("Turn on").ClickAsync();

        var list = page.GetByRole(AriaRole.List, new() { Name = "Recovery codes" }).GetByRole(AriaRole.Listitem);
        await Expect(list).ToHaveCountAsync(10);
        var codes = await list.AllInnerTextsAsync();
        foreach (var code in codes)
            HostLog.Watch("recovery code", code);
        await LookAsync("codes");
        var download = await page.RunAndWaitForDownloadAsync(() => window.Button("Download").ClickAsync());
        Assert.Equal("kumiko-recovery-codes.txt", download.SuggestedFilename);
        var kept = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.All(codes, code => Assert.Contains(code, kept, StringComparison.Ordinal));
        await window.Button("I've kept them").ClickAsync();
        await Expect(page.GetByText("On. Signing in takes a code from your app.")).ToBeVisibleAsync();
        await LookAsync("on");

        // The next sign-in takes a code.
        await window.SignOutAsync();
        await EnterPasswordAsync();
        await Expect(window.Box("Code")).ToBeFocusedAsync();
        await Expect(window.Box("Code")).ToHaveAttributeAsync("autocomplete", "one-time-code");
        await window.Box("Code").FillAsync(app.Wrong());
        await window.Button("Sign in").ClickAsync();
        await Expect(page.GetByText("That code isn't right")).ToBeVisibleAsync();
        await LookAsync("sign-in");
        await window.Box("Code").FillAsync(app.Next());
        await window.Button("Sign in").ClickAsync();
        await page.IsAtAsync("**/crud");

        // Without the phone.
        await window.SignOutAsync();
        await EnterPasswordAsync();
        await window.Button("Use a recovery code").ClickAsync();
        await window.Box("Recovery code").FillAsync(codes[0].ToUpperInvariant());
        await LookAsync("sign-in-recovery");
        await window.Button("Sign in").ClickAsync();
        await page.IsAtAsync("**/crud");
        await page.GotoAsync("/auth/account/security");
        await window.Button("Turn off…").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input[type=password]").FillAsync(Window.Password);
        await LookAsync("off");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use a recovery code" }).ClickAsync();
        await window.Box("Recovery code").FillAsync(codes[1]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Turn off", Exact = true }).ClickAsync();
        await Expect(window.Button("Set up")).ToBeVisibleAsync();
        await window.SignOutAsync();
        await window.SignInAsync(name);

        async Task EnterPasswordAsync()
        {
            await page.GotoAsync("/auth/login");
            await page.GetByLabel("E-mail address").FillAsync($"{name}@example.test");
            await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
            await window.Button("Sign in").ClickAsync();
        }

        async Task LookAsync(string step)
        {
            await window.IsAccessibleAsync();
            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{step} is wider than the window."
            );
            await Window.LookAsync(page, $"second-factor-{step}-{look}-{width}");
        }
    }

    // Nobody waits ten minutes here, so the browser is told what the API would say then.
    [Fact]
    public async Task A_person_who_signed_in_long_ago_proves_it_again_and_goes_on()
    {
        await using var window = await chromium.OpenAsync();
        var page = window.Page;
        await window.RegisterAsync("wendy");
        var isProved = false;
        await page.RouteAsync(
            "**/api/auth/me/totp",
            route =>
                isProved
                    ? route.ContinueAsync()
                    : route.FulfillAsync(
                        new()
                        {
                            Status = 401,
                            ContentType = "application/problem+json",
                            Body = """{"type":"/recent-sign-in-required","title":"Unauthorized","status":401}""",
                        }
                    )
        );
        page.Response += (_, response) => isProved |= response.Url.EndsWith("/reauthenticate", StringComparison.Ordinal) && response.Ok;

        await page.GotoAsync("/auth/account/security");
        await window.Button("Set up").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it's you" });
        await dialog.Locator("input[type=password]").FillAsync(Window.Password);
        await window.IsAccessibleAsync();
        await Window.LookAsync(page, "step-up");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code for the authenticator app" })).ToBeVisibleAsync();
    }
}
