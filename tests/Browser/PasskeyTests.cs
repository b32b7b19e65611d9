using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>
/// Passkeys, with an authenticator that Chromium simulates. Browsers take no address for a site, so it needs a process under the name
/// localhost.
/// </summary>
[Collection(nameof(InBrowser))]
public class PasskeyTests(Chromium chromium)
{
    [Theory]
    [InlineData(false, 1440, "en-GB")]
    [InlineData(true, 390, "en-GB")]
    [InlineData(false, 390, "ja-JP")]
    public async Task A_person_adds_one_signs_in_with_it_in_two_ways_names_and_removes_it(bool isDark, int width, string language)
    {
        await using var site = await Site.StartAsync(chromium, width, language, isDark);
        var (window, page, isEnglish) = (site.Window, site.Window.Page, language == "en-GB");
        await site.RegisterAsync();
        await page.GotoAsync("/auth/account/security");
        var section = page.GetByRole(AriaRole.Region, new() { Name = isEnglish ? "Passkeys" : "パスキー", Exact = true });
        await Expect(section.GetByText(isEnglish ? "You don't have a passkey yet." : "パスキーはまだありません。")).ToBeVisibleAsync();
        await LookAsync("none");

        await section.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Add a passkey" : "パスキーを追加" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var name = dialog.GetByRole(AriaRole.Textbox);
        await Expect(name).ToHaveValueAsync(isEnglish ? "Chrome on Linux" : "Chrome（Linux）");
        await LookAsync("name");
        await name.FillAsync("Kitchen laptop");
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Save changes" : "変更を保存" }).ClickAsync();
        // The session began with the password alone, and the account has more now.
        await page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Use a passkey" : "パスキーを使う" }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Listitem)).ToContainTextAsync("Kitchen laptop");
        await Expect(dialog).ToHaveCountAsync(0);
        await LookAsync("one");

        // By the button. The autofill is waiting for a device that nobody touches.
        await site.SignOutAsync();
        await site.PressAsync(false);
        await page.GotoAsync("/auth/login");
        await Expect(page.GetByLabel(isEnglish ? "E-mail address" : "メールアドレス"))
            .ToHaveAttributeAsync("autocomplete", "username webauthn");
        var button = page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Sign in with a passkey" : "パスキーでログイン" });
        await Expect(button).ToBeEnabledAsync();
        await LookAsync("sign-in");
        await site.PressAsync(true);
        await button.ClickAsync();
        await page.IsAtAsync("**/crud");

        // By the autofill, which the simulated device chooses at once.
        await site.SignOutAsync();
        await page.GotoAsync("/auth/login");
        await page.IsAtAsync("**/crud");

        await page.GotoAsync("/auth/account/security");
        await section
            .GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Remove Kitchen laptop" : "Kitchen laptop を削除" })
            .ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await LookAsync("remove");
        await dialog.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Remove passkey" : "パスキーを削除する" }).ClickAsync();
        await Expect(section.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);

        async Task LookAsync(string step)
        {
            await window.IsAccessibleAsync();
            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{step} is wider than the window."
            );
            if (step is "none" or "one")
                await section.ScrollIntoViewIfNeededAsync();
            await Window.LookAsync(page, $"passkeys-{step}-{language}-{(isDark ? "dark" : "light")}-{width}");
        }
    }

    [Fact]
    public async Task A_device_that_has_one_makes_no_second_and_closing_the_dialog_breaks_nothing()
    {
        await using var site = await Site.StartAsync(chromium);
        var (window, page) = (site.Window, site.Window.Page);
        await site.RegisterAsync();
        await page.GotoAsync("/auth/account/security");
        await window.Button("Add a passkey").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();

        // The session began with the password alone, and the account has more now.
        await window.Button("Add a passkey").ClickAsync();
        var stepUp = page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it's you" });
        await Expect(stepUp.Locator("input[type=password]")).ToHaveCountAsync(0);
        await window.IsAccessibleAsync();
        await Window.LookAsync(page, "passkeys-step-up");
        await stepUp.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(page.GetByText("That device already has a passkey for this account.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Window.LookAsync(page, "passkeys-there");

        // Without a verified user, the browser says no more than that nothing came of it.
        await site.SignOutAsync();
        await site.VerifyAsync(false);
        await page.GotoAsync("/auth/login");
        await window.Button("Sign in with a passkey").ClickAsync();
        await Expect(window.Button("Sign in with a passkey")).ToBeEnabledAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "." })).ToHaveCountAsync(0);
        await site.VerifyAsync(true);
    }

    [Fact]
    public async Task A_passkey_that_was_removed_is_refused_in_words()
    {
        await using var site = await Site.StartAsync(chromium);
        var (window, page) = (site.Window, site.Window.Page);
        await site.RegisterAsync();
        await page.GotoAsync("/auth/account/security");
        await window.Button("Add a passkey").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();
        await window.Button("Remove Chrome on Linux").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Confirm that it's you" })
            .GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })
            .ClickAsync();
        await Expect(page.GetByText("You don't have a passkey yet.")).ToBeVisibleAsync();

        await site.SignOutAsync();
        await page.GotoAsync("/auth/login");
        await Expect(page.GetByText("That passkey isn't known here.")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();
        await Window.LookAsync(page, "passkeys-refused");
    }

    /// <summary>A Kumiko under the name localhost, and a window with an authenticator that shows it.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private readonly Installation _installation;
        private readonly HostProcess _host;
        private readonly ICDPSession _devices;
        private readonly string _authenticator;

        private Site(Installation installation, HostProcess host, Window window, ICDPSession devices, string authenticator) =>
            (_installation, _host, Window, _devices, _authenticator) = (installation, host, window, devices, authenticator);

        public Window Window { get; }

        public static async Task<Site> StartAsync(Chromium chromium, int width = 1280, string language = "en-GB", bool isDark = false)
        {
            var installation = await new Topology().InstallAsync();
            var (address, operators) = (new Uri($"http://localhost:{Ports.Free()}"), new Uri($"http://127.0.0.1:{Ports.Free()}"));
            // First the window: it skips the test where there is no browser.
            var window = await chromium.OpenOwnAsync(home: address, width: width, language: language);
            var host = installation.Launch(address, operators);
            await host.ReadyAsync();
            await window.Page.EmulateMediaAsync(new() { ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light });
            var devices = await window.Page.Context.NewCDPSessionAsync(window.Page);
            await devices.SendAsync("WebAuthn.enable");
            var added = await devices.SendAsync(
                "WebAuthn.addVirtualAuthenticator",
                new()
                {
                    ["options"] = new
                    {
                        protocol = "ctap2",
                        transport = "internal",
                        hasResidentKey = true,
                        hasUserVerification = true,
                        isUserVerified = true,
                        automaticPresenceSimulation = true,
                    },
                }
            );
            return new Site(installation, host, window, devices, added!.Value.GetProperty("authenticatorId").GetString()!);
        }

        /// <summary>Creates an account through the form, in any language.</summary>
        public async Task RegisterAsync()
        {
            var username = Person.UniqueName("pia");
            await Window.Page.GotoAsync("/auth/register?return=%2Fcrud");
            await Window.Page.Locator("input[type=email]").FillAsync($"{username}@example.test");
            await Window.Page.Locator("input[name=username]").FillAsync(username);
            await Window.Page.Locator("input[type=password]").FillAsync(Window.Password);
            await Window.Page.Locator("button[type=submit]").ClickAsync();
            await Window.Page.IsAtAsync("**/crud");
        }

        /// <summary>Signs out without the menu, whose words depend on the language.</summary>
        public async Task SignOutAsync()
        {
            await Window.Page.EvaluateAsync(
                "fetch('/api/auth/logout', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })"
                    + ".then(() => localStorage.removeItem('kumiko.signed-in'))"
            );
        }

        /// <summary>Whether the device counts as touched whenever it is asked.</summary>
        public Task PressAsync(bool isEnabled) => SendAsync("WebAuthn.setAutomaticPresenceSimulation", "enabled", isEnabled);

        /// <summary>Whether the device recognizes the person who touches it.</summary>
        public Task VerifyAsync(bool isVerified) => SendAsync("WebAuthn.setUserVerified", "isUserVerified", isVerified);

        public async ValueTask DisposeAsync()
        {
            await Window.DisposeAsync();
            await _host.DisposeAsync();
            await _installation.DisposeAsync();
        }

        private async Task SendAsync(string command, string member, bool value) =>
            await _devices.SendAsync(command, new() { ["authenticatorId"] = _authenticator, [member] = value });
    }
}
