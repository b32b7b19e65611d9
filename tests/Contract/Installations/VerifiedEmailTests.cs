namespace Kumiko.Contract.Installations;

/// <summary><c>Identity:RequireVerifiedEmail</c>: what takes a proved e-mail address.</summary>
public class VerifiedEmailTests
{
    private const string Setting = "Identity__RequireVerifiedEmail";
    private const string Required = "/email-verification-required";

    [Fact]
    public async Task A_user_with_an_unproved_address_reads_but_cannot_write_until_the_refresh_after_the_proof()
    {
        await using var installation = await new Topology().InstallAsync();
        long earlier;
        await using (var host = await ((IInstallation)installation).StartAsync())
        {
            using var anyone = new Caller(host.Address);
            var early = await Person.JoinAsync(anyone, "early");
            earlier = (await early.WriteAsync("before the setting")).Id;
        }

        await using var strict = await ((IInstallation)installation).StartAsync((Setting, "to_write"));
        using var caller = new Caller(strict.Address);
        var uma = await Person.JoinAsync(caller, "uma");
        (await uma.GetAsync("/api/auth/me")).Is(200);
        (await uma.GetAsync("/api/crud/posts")).Is(200);
        (await uma.GetAsync($"/api/crud/posts/{earlier}")).Is(200);
        foreach (var refused in await WriteAsync(uma))
        {
            Assert.Equal(Required, refused.IsProblem(403)["type"].GetString());
            Assert.Contains("Confirm your e-mail address", refused["detail"].GetString(), StringComparison.Ordinal);
        }

        await uma.RefreshAsync();
        (await uma.PostAsync("/api/crud/posts", new { content = "not yet" })).IsProblem(403);
        await uma.VerifyAsync();
        await uma.RefreshAsync();
        var own = (await uma.WriteAsync("proved")).Id;
        (await uma.PutAsync($"/api/crud/posts/{own}", new { content = "proved and changed" })).Is(200);
        (await uma.DeleteAsync($"/api/crud/posts/{own}")).Is(204);
        // Not for this reason any more.
        Assert.NotEqual(Required, (await uma.DeleteAsync($"/api/crud/posts/{earlier}")).IsProblem(403)["type"].GetString());

        Task<Answer[]> WriteAsync(Person person) =>
            Task.WhenAll(
                person.PostAsync("/api/crud/posts", new { content = "word" }),
                person.PostAsync("/api/crud/posts", new { content = "word" }, ("Idempotency-Key", $"{Guid.NewGuid():N}")),
                person.PutAsync($"/api/crud/posts/{earlier}", new { content = "word" }),
                person.DeleteAsync($"/api/crud/posts/{earlier}")
            );
    }

    [Fact]
    public async Task Nobody_signs_in_before_the_address_is_proved_and_only_the_right_password_sends_the_mail_again()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync((Setting, "to_sign_in"));
        using var anyone = new Caller(host.Address);
        var (name, password) = (Person.UniqueName("una"), $"pass of {Guid.NewGuid():N}");
        var email = $"{name}@example.test";
        (
            await anyone.PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    username = name,
                    password,
                }
            )
        ).Is(201);
        await Mailbox.ReceiveAsync(email, "/auth/verify");

        var refused = (await SignInAsync(password)).IsProblem(401);
        Assert.Equal(Required, refused["type"].GetString());
        Assert.Null(refused.Header("Set-Cookie"));
        foreach (var resend in (bool?[])[null, true])
            Assert.NotEqual(Required, (await SignInAsync("not the password", resend)).IsProblem(401)["type"].GetString());
        Assert.Single(await Mailbox.FindAsync(email, "/auth/verify"));
        Assert.Equal(Required, (await SignInAsync(password, resend: true)).IsProblem(401)["type"].GetString());

        var token = await Mailbox.TokenAsync(email, "/auth/verify", count: 2);
        (await anyone.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        var signedIn = (await SignInAsync(password, resend: true)).Is(200);
        (await anyone.With(signedIn["access_token"].GetString()).PostAsync("/api/crud/posts", new { content = "at last" })).Is(201);
        Assert.Equal(2, (await Mailbox.FindAsync(email, "/auth/verify")).Count);

        Task<Answer> SignInAsync(string with, bool? resend = null) =>
            anyone.PostAsync(
                "/api/auth/login",
                new
                {
                    email,
                    password = with,
                    resend_verification = resend,
                    token_delivery = "body",
                }
            );
    }

    [Fact]
    public async Task A_passkey_signs_nobody_in_before_the_address_is_proved()
    {
        await using var installation = await new Topology().InstallAsync();
        Person una;
        SoftwareKey key;
        await using (var host = await ((IInstallation)installation).StartAsync())
        {
            using var anyone = new Caller(host.Address);
            una = await Person.JoinAsync(anyone, "una");
            key = await SoftwareKey.AddAsync(una);
        }

        await using var strict = await ((IInstallation)installation).StartAsync((Setting, "to_sign_in"));
        using var caller = new Caller(strict.Address);
        key.Origin = strict.Address.GetLeftPart(UriPartial.Authority);
        Assert.Equal(Required, (await key.SignInAsync(caller)).IsProblem(401)["type"].GetString());
        var token = await Mailbox.TokenAsync(una.Email, "/auth/verify");
        (await caller.PostAsync("/api/auth/email/verify", new { token })).Is(204);
        (await key.SignInAsync(caller)).Is(200);
    }

    [Fact]
    public async Task A_session_of_before_the_setting_reads_and_cannot_write()
    {
        await using var installation = await new Topology().InstallAsync();
        Person uma;
        await using (var host = await ((IInstallation)installation).StartAsync())
        {
            using var anyone = new Caller(host.Address);
            uma = await Person.JoinAsync(anyone, "uma");
        }

        await using var strict = await ((IInstallation)installation).StartAsync((Setting, "to_sign_in"));
        using var caller = new Caller(strict.Address);
        var tokens = (await caller.PostAsync("/api/auth/refresh", new { refresh_token = uma.RefreshToken })).Is(200);
        var earlier = caller.With(tokens["access_token"].GetString());
        (await earlier.GetAsync("/api/auth/me")).Is(200);
        Assert.Equal(Required, (await earlier.PostAsync("/api/crud/posts", new { content = "word" })).IsProblem(403)["type"].GetString());
    }

    [Fact]
    public async Task A_new_password_by_mail_proves_the_address_too()
    {
        await using var installation = await new Topology().InstallAsync();
        await using var host = await ((IInstallation)installation).StartAsync((Setting, "to_sign_in"));
        using var anyone = new Caller(host.Address);
        var (name, password) = (Person.UniqueName("ursa"), $"pass of {Guid.NewGuid():N}");
        var email = $"{name}@example.test";
        (
            await anyone.PostAsync(
                "/api/auth/register",
                new
                {
                    email,
                    username = name,
                    password = $"old {password}",
                }
            )
        ).Is(201);
        (await anyone.PostAsync("/api/auth/password/forgot", new { email })).Is(202);
        var token = await Mailbox.TokenAsync(email, "/auth/reset");
        (await anyone.PostAsync("/api/auth/password/reset", new { token, new_password = password })).Is(204);
        (await anyone.PostAsync("/api/auth/login", new { email, password })).Is(200);
    }
}
