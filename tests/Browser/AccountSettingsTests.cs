using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kumiko.Browser;

/// <summary>Installations that ask for more than others: an invitation, a proved address.</summary>
[Collection(nameof(InBrowser))]
public class AccountSettingsTests(Chromium chromium)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task An_admin_invites_somebody_who_joins_with_the_link_of_the_mail(int width)
    {
        await using var installation = await new Topology().InstallAsync();
        var admin = await FirstAdminAsync(installation);
        await using var host = await installation.StartAsync(("Identity__Registration", "invited"));
        await using var window = await chromium.OpenOwnAsync(home: host.Address, width: width);
        await SignInAsync(window, admin.Email, admin.Password);
        await window.Page.GotoAsync("/auth/admin/invitations");
        await Expect(window.Page.GetByText("No open invitations")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();
        var (email, withdrawn) = (NewEmail(), NewEmail());
        foreach (var one in (string[])[email, withdrawn])
        {
            await window.Page.GetByLabel("E-mail address").FillAsync(one);
            await window.Button("Send invitation").ClickAsync();
            await Expect(window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = one })).ToBeVisibleAsync();
        }

        await Window.LookAsync(window.Page, $"invitations-{width}");
        await window.IsAccessibleAsync();
        await window.Button($"Withdraw the invitation of {withdrawn}").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = withdrawn })).ToHaveCountAsync(0);

        await using var guest = await chromium.OpenOwnAsync(home: host.Address, width: width);
        await guest.Page.GotoAsync("/auth/register");
        await Expect(guest.Page.GetByText("You need an invitation")).ToBeVisibleAsync();
        await Window.LookAsync(guest.Page, $"invitation-needed-{width}");
        await guest.IsAccessibleAsync();
        await guest.Page.GotoAsync(await LinkAsync(withdrawn));
        await FillAsync(guest);
        await Expect(guest.Page.GetByText("This invitation no longer works")).ToBeVisibleAsync();
        await guest.IsAccessibleAsync();
        await guest.Page.GotoAsync("about:blank");
        await guest.Page.GotoAsync(await LinkAsync(email));
        await Expect(guest.Page.GetByLabel("E-mail address")).ToHaveValueAsync(email);
        await Window.LookAsync(guest.Page, $"invited-{width}");
        await guest.IsAccessibleAsync();
        await FillAsync(guest);
        await guest.Page.IsAtAsync("**/crud");

        async Task FillAsync(Window at)
        {
            await at.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(Person.UniqueName("guest"));
            await at.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
            await at.Button("Create account").ClickAsync();
        }
    }

    [Fact]
    public async Task Nobody_registers_where_registration_is_closed()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Identity__Registration", "closed"));
        await using var window = await chromium.OpenOwnAsync(home: host.Address);
        await window.Page.GotoAsync("/auth/register");
        await Expect(window.Page.GetByText("New accounts can't be created here")).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, "closed-1280");
        await window.IsAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await window.Page.IsAtAsync("**/auth/login");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task A_post_waits_until_the_address_is_confirmed_and_is_then_sent_without_signing_in_again(int width)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Identity__RequireVerifiedEmail", "to_write"));
        using var anyone = new Caller(host.Address);
        await using var window = await chromium.OpenOwnAsync(home: host.Address, width: width);
        var email = $"{await window.RegisterAsync("waiting")}@example.test";
        await window.Box("Write a post").FillAsync("Once I am confirmed");
        await window.Button("Post").ClickAsync();
        await Expect(window.Page.GetByText("Confirm your e-mail address first")).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, $"unconfirmed-post-{width}");
        await window.IsAccessibleAsync();

        // On a telephone, say.
        var token = await Mailbox.TokenAsync(email, "/auth/verify");
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        await window.Button("Try again").ClickAsync();
        await Expect(window.Post("Once I am confirmed")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1440)]
    public async Task Whoever_has_to_confirm_the_address_first_gets_another_mail_and_signs_in_with_one_button(int width)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("Identity__RequireVerifiedEmail", "to_sign_in"));
        using var anyone = new Caller(host.Address);
        await using var window = await chromium.OpenOwnAsync(home: host.Address, width: width);
        var email = await RegisterAsync(window);
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Confirm your e-mail address" })).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, $"unverified-{width}");
        await window.IsAccessibleAsync();
        await window.Button("I've confirmed it: sign in").ClickAsync();
        await Expect(window.Page.GetByText("Your address isn't confirmed yet")).ToBeVisibleAsync();
        await window.Button("Send the mail again").ClickAsync();
        await Expect(window.Page.GetByText($"We've sent a new link to {email}")).ToBeVisibleAsync();
        await window.IsAccessibleAsync();

        var token = await Mailbox.TokenAsync(email, "/auth/verify", count: 2);
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        await window.Button("I've confirmed it: sign in").ClickAsync();
        await window.Page.IsAtAsync("**/crud");
    }

    [Fact]
    public async Task A_registration_says_the_same_for_a_taken_address_where_that_is_hidden()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(
            ("Identity__RevealTakenEmails", "false"),
            ("Identity__RequireVerifiedEmail", "to_sign_in")
        );
        await using var window = await chromium.OpenOwnAsync(home: host.Address);
        var email = await RegisterAsync(window);
        await Expect(window.Page.GetByText($"We've sent a mail to {email}")).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, "mailed-1280");
        await window.IsAccessibleAsync();
        await RegisterAsync(window, email);
        await Expect(window.Page.GetByText($"We've sent a mail to {email}")).ToBeVisibleAsync();
        await Mailbox.ReceiveAsync(email, "/auth/reset");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_browser_forgets_the_sign_in_unless_the_person_wants_to_stay_signed_in(bool isKept)
    {
        await using var window = await chromium.OpenAsync(width: isKept ? 390 : 1440);
        var name = await window.RegisterAsync("brief");
        await window.SignOutAsync();
        await window.Page.GotoAsync("/auth/login");
        var box = window.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Keep me signed in" });
        await Expect(box).ToBeCheckedAsync();
        if (!isKept)
            await box.UncheckAsync();
        await Window.LookAsync(window.Page, $"keep-{isKept}");
        await window.IsAccessibleAsync();
        await window.Page.GetByLabel("E-mail address").FillAsync($"{name}@example.test");
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
        await window.Button("Sign in").ClickAsync();
        await window.Page.IsAtAsync("**/crud");
        var cookie = (await window.Page.Context.CookiesAsync()).Single(one => one.Name == "__Secure-kumiko_refresh");
        // -1 is until the browser is closed.
        Assert.Equal(isKept, cookie.Expires > 0);
    }

    [Theory]
    [InlineData("en-GB", 1440, "Set it up")]
    [InlineData("ja-JP", 390, "設定する")]
    public async Task An_admin_without_a_second_factor_is_led_to_set_one_up(string language, int width, string action)
    {
        await using var installation = await new Topology().InstallAsync();
        var admin = await FirstAdminAsync(installation);
        await using var host = await installation.StartAsync(("Identity__RequireAdminSecondFactor", "true"));
        await using var window = await chromium.OpenOwnAsync(home: host.Address, width: width, language: language);
        await SignInAsync(window, admin.Email, admin.Password);

        await window.Page.GotoAsync("/auth/admin");
        var link = window.Page.GetByRole(AriaRole.Link, new() { Name = action, Exact = true });
        await Expect(link).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, $"admin-factor-{width}");
        await window.IsAccessibleAsync();
        await link.ClickAsync();
        await window.Page.IsAtAsync("**/auth/account/security");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Developers_follow_the_links_of_mails_on_a_page(int width)
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await installation.StartAsync(("ASPNETCORE_ENVIRONMENT", "Development"), ("Mail__Folder", ""));
        using var anyone = new Caller(host.Address);
        var alice = await Person.JoinAsync(anyone, "alice");
        (await anyone.PostAsync("/api/auth/password/forgot", new { email = alice.Email })).Is(202);
        await Eventually.IsAsync(
            () => anyone.GetAsync("/dev/mail"),
            answer => answer.Text.Contains("Choose a new password", StringComparison.Ordinal)
        );
        await using var window = await chromium.OpenOwnAsync(home: host.Address, width: width);
        await window.Page.EmulateMediaAsync(new() { ColorScheme = width < 600 ? ColorScheme.Dark : ColorScheme.Light });
        await window.Page.GotoAsync("/dev/mail");
        await Window.LookAsync(window.Page, $"dev-mails-{width}");
        await window.IsAccessibleAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Choose a new password" }).ClickAsync();
        var button = window.Page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Choose a new password", Exact = true });
        await Expect(button).ToBeVisibleAsync();
        await Window.LookAsync(window.Page, $"dev-mail-{width}");
        var tab = await window.Page.RunAndWaitForPopupAsync(() => button.ClickAsync());
        await tab.IsAtAsync("**/auth/reset");
    }

    private static async Task<string> LinkAsync(string email) =>
        $"/auth/register#token={await Mailbox.TokenAsync(email, "/auth/register")}&email={Uri.EscapeDataString(email)}";

    private static string NewEmail()
    {
        var email = $"{Person.UniqueName("guest")}@example.test";
        HostLog.Watch("e-mail address", email);
        return email;
    }

    private static async Task<Person> FirstAdminAsync(Installation installation)
    {
        await using var open = await installation.StartAsync();
        using var anyone = new Caller(open.Address);
        var admin = await Person.JoinAsync(anyone, "admin");
        await installation.RunAsync($"user promote {admin.Email}");
        return admin;
    }

    private static async Task SignInAsync(Window window, string email, string password)
    {
        await window.Page.GotoAsync("/auth/login");
        // In any language.
        await window.Page.Locator("input[type=email]").FillAsync(email);
        await window.Page.Locator("input[type=password]").FillAsync(password);
        await window.Page.Locator("form button[type=submit]").ClickAsync();
        await window.Page.IsAtAsync("**/crud");
    }

    private static async Task<string> RegisterAsync(Window window, string? email = null)
    {
        email ??= NewEmail();
        await window.Page.GotoAsync("/auth/register");
        await window.Page.GetByLabel("E-mail address").FillAsync(email);
        await window.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(Person.UniqueName("guest"));
        await window.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Window.Password);
        await window.Button("Create account").ClickAsync();
        return email;
    }
}
