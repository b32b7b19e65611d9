namespace Kumiko.Contract.Installations;

/// <summary><c>Identity:Registration</c>: who may create an account.</summary>
public class RegistrationTests
{
    private const string Setting = "Identity__Registration";
    private const string Path = "/api/auth/admin/invitations";

    [Fact]
    public async Task Nobody_registers_where_registration_is_closed_and_whoever_has_an_account_signs_in()
    {
        await using var installation = await new Topology().InstallAsync();
        var known = await FirstAdminAsync(installation);
        await using var host = await ((IInstallation)installation).StartAsync((Setting, "closed"));
        using var anyone = new Caller(host.Address);
        Assert.Equal("closed", (await anyone.GetAsync("/api/auth/settings")).Is(200)["registration"].GetString());
        Assert.Equal("/registration-closed", (await RegisterAsync(anyone, NewEmail())).IsProblem(403)["type"].GetString());
        // An account that exists gets the same answer.
        Assert.Equal("/registration-closed", (await RegisterAsync(anyone, known.Email)).IsProblem(403)["type"].GetString());
        var admin = await SignInAsync(anyone, known.Email, known.Password);
        (await admin.PostAsync(Path, new { email = NewEmail() })).IsProblem(409);
    }

    [Fact]
    public async Task An_invitation_creates_one_account_whose_address_is_proved()
    {
        await using var installation = await new Topology().InstallAsync();
        var first = await FirstAdminAsync(installation);
        await using var host = await ((IInstallation)installation).StartAsync(
            (Setting, "invited"),
            ("Identity__RequireVerifiedEmail", "to_sign_in")
        );
        using var anyone = new Caller(host.Address);
        Assert.Equal("invited", (await anyone.GetAsync("/api/auth/settings")).Is(200)["registration"].GetString());
        Assert.Equal("/invitation-required", (await RegisterAsync(anyone, NewEmail())).IsProblem(403)["type"].GetString());
        var admin = await SignInAsync(anyone, first.Email, first.Password);

        var email = NewEmail();
        var invitation = (await admin.PostAsync(Path, new { email })).Is(201);
        Assert.Equal(email, invitation["email"].GetString());
        Moment.IsRecent(invitation["created_at"]);
        Assert.Equal(TimeSpan.FromDays(7), invitation["expires_at"].GetDateTimeOffset() - invitation["created_at"].GetDateTimeOffset());
        Assert.Equal($"{Path}/{invitation.Id}", invitation.Header("Location"));
        var mail = (await Mailbox.ReceiveAsync(email))[0];
        // No mail reader makes a link of the name.
        Assert.StartsWith(first.Username.Replace('.', ' '), mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Username, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains($"&email={Uri.EscapeDataString(email)}", mail.TextBody, StringComparison.Ordinal);
        var token = await InvitedAsync(email);

        // For this address only, and a refusal spends nothing.
        (await RegisterAsync(anyone, NewEmail(), token)).IsProblemWith(422, "email");
        (await RegisterAsync(anyone, email, "made-up")).IsProblem(410);
        (await RegisterAsync(anyone, email, token, password: "password")).IsProblemWith(422, "password");
        var password = $"pass of {Guid.NewGuid():N}";
        var user = (await RegisterAsync(anyone, email.ToUpperInvariant(), token, password)).Is(201);
        Assert.True(user["email_verified"].GetBoolean());
        var invited = await SignInAsync(anyone, email, password);
        (await invited.PostAsync("/api/crud/posts", new { content = "thank you" })).Is(201);
        // Nothing else is sent to prove it.
        Assert.Empty(await Mailbox.FindAsync(email.ToUpperInvariant()));
        (await RegisterAsync(anyone, email, token)).IsProblem(410);
        Assert.Empty((await admin.GetAsync(Path)).Is(200).Items);
    }

    [Fact]
    public async Task A_newer_invitation_or_a_withdrawal_voids_the_older()
    {
        await using var installation = await new Topology().InstallAsync();
        var known = await FirstAdminAsync(installation);
        await using var host = await ((IInstallation)installation).StartAsync((Setting, "invited"));
        using var anyone = new Caller(host.Address);
        var admin = await SignInAsync(anyone, known.Email, known.Password);
        var (email, other) = (NewEmail(), NewEmail());

        (await admin.PostAsync(Path, new { email })).Is(201);
        var first = await InvitedAsync(email);
        var key = ("Idempotency-Key", $"{Guid.NewGuid():N}");
        var newer = (await admin.PostAsync(Path, new { email = email.ToUpperInvariant() }, key)).Is(201);
        var second = await InvitedAsync(email.ToUpperInvariant());
        Assert.Equal(newer.Id, (await admin.PostAsync(Path, new { email = email.ToUpperInvariant() }, key)).Is(201).Id);
        var third = (await admin.PostAsync(Path, new { email = other })).Is(201);

        (await RegisterAsync(anyone, email, first)).IsProblem(410);
        Assert.Equal([third.Id, newer.Id], (await admin.GetAsync(Path)).Is(200).Ids);
        var page = (await admin.GetAsync($"{Path}?limit=1")).Is(200);
        Assert.Equal([third.Id], page.Ids);
        Assert.Equal([newer.Id], (await admin.GetAsync($"{Path}?limit=1&cursor={page.NextCursor}")).Is(200).Ids);
        Assert.Equal(known.Username, page.Items[0].GetProperty("invited_by_username").GetString());

        Assert.Empty((await admin.DeleteAsync($"{Path}/{newer.Id}")).Is(204).Bytes);
        (await admin.DeleteAsync($"{Path}/{newer.Id}")).IsProblem(404);
        (await RegisterAsync(anyone, email, second)).IsProblem(410);
        (await admin.PostAsync(Path, new { email = email.ToUpperInvariant() }, key)).IsProblem(410);
        (await admin.PostAsync(Path, new { email = known.Email })).IsProblemWith(409, "email");
        (await admin.PostAsync(Path, new { email = "nobody" })).IsProblemWith(422, "email");
    }

    // Before the setting keeps everybody out.
    private static async Task<Person> FirstAdminAsync(IInstallation installation)
    {
        await using var open = await installation.StartAsync();
        using var anyone = new Caller(open.Address);
        Assert.Equal("open", (await anyone.GetAsync("/api/auth/settings")).Is(200)["registration"].GetString());
        var admin = await Person.JoinAsync(anyone, "www.admin");
        await admin.VerifyAsync();
        await installation.RunAsync($"user promote {admin.Email}");
        return admin;
    }

    private static string NewEmail() => $"{Person.UniqueName("guest")}@example.test";

    private static Task<string> InvitedAsync(string email) => Mailbox.TokenAsync(email, "/auth/register");

    private static Task<Answer> RegisterAsync(Caller caller, string email, string? invitation = null, string? password = null) =>
        caller.PostAsync(
            "/api/auth/register",
            new
            {
                email,
                username = Person.UniqueName("guest"),
                password = password ?? $"pass of {Guid.NewGuid():N}",
                invitation,
            }
        );

    private static async Task<Caller> SignInAsync(Caller caller, string email, string password) =>
        caller.With((await caller.PostAsync("/api/auth/login", new { email, password })).Is(200)["access_token"].GetString());
}
